import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BodySizeGuard } from './body-size.guard';
import { FormValidator } from './form-validator';
import { FormInterceptor } from './form.interceptor';
import { ConfigurableFormsModule } from './forms.module-definition';
import { FormPageGuard } from './page.guard';
import { FormPagesCheck } from './pages-check';
import { Languages } from './translations/languages';

/**
 * Forms for all modules. {@link FormPageGuard} must be the first of the global guards and {@link FormInterceptor} one of the global
 * interceptors, before any that opens a transaction. By itself it speaks English; with `forRoot({})` in the language of each request.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [FormValidator, Languages, FormPageGuard, FormInterceptor, BodySizeGuard, FormPagesCheck],
  exports: [FormValidator, FormPageGuard, FormInterceptor, BodySizeGuard],
})
export class FormsModule extends ConfigurableFormsModule {}
