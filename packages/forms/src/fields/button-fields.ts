import { Field, FieldOptions } from './field.decorator';
import { FieldType } from './field-type';
import type { FieldDecorator } from './typed-decorator';

/** A button that sends the form: true where it was the one that was pressed. Its label is its text. */
export const SubmitField = (label: string, options: FieldOptions = {}): FieldDecorator<boolean> =>
  Field({ label, ...options, kind: button('input') });

/** The same as a `<button>`, which a style sheet can shape more freely. */
export const ButtonField = (label: string, options: FieldOptions = {}): FieldDecorator<boolean> =>
  Field({ label, ...options, kind: button('button') });

function button(element: 'input' | 'button'): FieldType {
  return {
    element,
    type: 'submit',
    attributeFlags: ['disabled'],
    isShownAgain: false,
    empty: false,
    absent: false,
    convert: (sent) => sent !== '' && sent !== false && sent !== null,
    format: () => undefined,
  };
}
