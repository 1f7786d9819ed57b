import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { Request } from 'express';
import type { Catalogue } from './translations/catalogue';
import type { Translate } from './translations/language';

/** In which languages the forms of an application speak. */
export interface FormsOptions {
  /**
   * The language tags that there are to choose from, the first where none of them fits; where left out `en`, `de`, `fr` and those of
   * {@link translations}.
   */
  readonly locales?: readonly string[];
  /** Texts of the application by language tag, and those that take the place of this package's own. */
  readonly translations?: Readonly<Record<string, Catalogue>>;
  /** Asked before any catalogue, such as that of another library. */
  readonly translate?: Translate;
  /** The language tag of a request; where left out, or where it returns undefined, what its Accept-Language header prefers. */
  readonly localeOf?: (request: Request) => string | undefined;
}

/** `forRoot(options)` and `forRootAsync({ inject, useFactory })`. */
export const { ConfigurableModuleClass: ConfigurableFormsModule, MODULE_OPTIONS_TOKEN: FORMS_OPTIONS } =
  new ConfigurableModuleBuilder<FormsOptions>().setClassMethodName('forRoot').build();
