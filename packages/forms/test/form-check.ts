import { Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ExtraValidators, Form, FormValidator, HiddenField, Validators, fillForm } from '../src';

/** The validator of an application of its own. */
export async function startValidator(providers: Provider[] = []): Promise<FormValidator> {
  const module = await Test.createTestingModule({
    providers: [FormValidator, ...providers],
  }).compile();
  return module.get(FormValidator);
}

let usual: Promise<FormValidator> | undefined;

/** The form of a DTO, filled and checked. */
export async function check<T extends object>(
  dto: T,
  body: object = {},
  extra: ExtraValidators = {},
  validator?: FormValidator,
  isJson = false,
): Promise<Form<T>> {
  const form = fillForm(dto, body, { isJson });
  await (validator ?? (await (usual ??= startValidator()))).validate(form, extra);
  return form;
}

/** What is wrong with a DTO once it is filled. */
export async function messages(
  ...args: Parameters<typeof check>
): Promise<Readonly<Record<string, readonly string[]>>> {
  return (await check(...args)).messages();
}

export interface OneField {
  value?: unknown;
}

/** A DTO with a single field, `value`, declared with these decorators in the order in which they would stand above it. */
export function oneField(decorators: readonly PropertyDecorator[], initial?: unknown): OneField {
  class OneFieldDto implements OneField {
    value = initial;
  }
  Validators(...decorators)(OneFieldDto.prototype, 'value');
  return new OneFieldDto();
}

/** What is wrong with the only field of a DTO when this is sent for it, nothing at all for undefined. */
export async function errorsOf(
  decorators: readonly PropertyDecorator[],
  sent: unknown,
  initial?: unknown,
): Promise<readonly string[]> {
  const form = await check(oneField(decorators, initial), sent === undefined ? {} : { value: sent });
  return form.fieldNamed('value').errors;
}

/** A class whose heirs have a field, and may have values beside it that no form fills. */
export class WithField {
  @HiddenField() field!: string;
}
