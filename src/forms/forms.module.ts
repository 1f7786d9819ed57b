import { DynamicModule, FactoryProvider, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TemplateEngine } from '../rendering/template-engine';
import * as helpers from './form-helpers';
import { BodySizeGuard } from './body-size.guard';
import { FormPagesCheck } from './form-pages-check';
import { FormPageGuard } from './form-page.guard';
import { CHECK_SURROUNDINGS, CheckSurroundings, FormValidator } from './form-validator';

/** Forms: a DTO whose decorators say what a field is, how it is checked and how it is shown. */
@Global()
@Module({})
export class FormsModule {
  constructor(engine: TemplateEngine) {
    engine.registerHelpers({ ...helpers });
  }

  static forRoot(
    surroundings: Pick<FactoryProvider<CheckSurroundings>, 'inject' | 'useFactory'>,
  ): DynamicModule {
    return {
      module: FormsModule,
      imports: [DiscoveryModule],
      providers: [
        FormValidator,
        FormPageGuard,
        BodySizeGuard,
        FormPagesCheck,
        { provide: CHECK_SURROUNDINGS, ...surroundings },
      ],
      exports: [FormValidator, FormPageGuard, BodySizeGuard],
    };
  }
}
