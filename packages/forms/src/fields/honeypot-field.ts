import { ValidationError } from '../validation/validation-errors';
import { Field } from './field.decorator';
import { FieldDecorator } from './typed-decorator';

/**
 * A field that people do not see and programs that fill in whatever they find do. Anything in it refuses the form. Give it a name that
 * sounds worth filling in, such as `website`, and no browser a reason to fill it in by itself.
 */
export const HoneypotField = (label = 'Leave this field empty'): FieldDecorator<string> =>
  Field({
    label,
    kind: {
      element: 'input',
      type: 'text',
      attributes: { autocomplete: 'off', tabindex: -1 },
      attributeFlags: [],
      flags: { honeypot: true },
      isShownAgain: false,
      empty: '',
      convert: (sent) => {
        if (sent !== '') throw new ValidationError('This field must be left empty.');
        return sent;
      },
      format: () => undefined,
    },
  });
