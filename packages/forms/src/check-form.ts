import { fillForm } from './fill-form';
import { Form } from './form';
import { ExtraValidators, FormValidator } from './form-validator';
import { FormsOptions } from './forms.module-definition';
import { Languages } from './translations/languages';

export interface CheckOptions<T extends object = object> extends Pick<
  FormsOptions,
  'translations' | 'translate'
> {
  /** Whether the body is what came as JSON. */
  readonly isJson?: boolean;
  /** Validators for this form alone, by the name of their field. */
  readonly extraValidators?: ExtraValidators<T>;
  /** The instances of validator classes that are `@Injectable()`, with whatever they need. */
  readonly constraints?: readonly object[];
  /** The language tag of the messages; `en`. */
  readonly locale?: string;
}

/**
 * Fills a form from a body and checks it, without an application around it, as unit tests want it:
 * `(await checkForm(new ContactDto(), { name: '' })).messages()`.
 *
 * @throws whatever a validator throws that is no message
 */
export async function checkForm<T extends object>(
  dto: T,
  body: unknown,
  { isJson, extraValidators, constraints = [], locale = 'en', translations, translate }: CheckOptions<T> = {},
): Promise<Form<T>> {
  const language = new Languages({ locales: [locale], translations, translate }).named(locale);
  const form = fillForm(dto, body, { isJson, language });
  await new FormValidator({ get: (type) => instanceOf(type, constraints) }).validate(form, extraValidators);
  return form;
}

function instanceOf(type: unknown, constraints: readonly object[]): never {
  const instance = constraints.find((one) => one.constructor === type);
  if (instance) return instance as never;
  throw new TypeError(
    `checkForm() needs an instance of ${(type as { name: string }).name} among its constraints`,
  );
}
