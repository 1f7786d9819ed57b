import { ValidationError } from '../validation/validation-errors';
import { Field, FieldOptions } from './field.decorator';

/**
 * A checkbox: true when it was ticked. As with WTForms, nothing, an empty text, `false` and 0 count as not ticked. What only JSON can
 * bring, an object or a list in a list, is no answer: nobody consents with `{}`.
 */
export const BooleanField = (label: string, options: FieldOptions = {}): PropertyDecorator =>
  Field({
    label,
    ...options,
    kind: {
      element: 'checkbox',
      type: 'checkbox',
      attributeFlags: ['required', 'disabled'],
      empty: false,
      absent: false,
      // Sent more than once, as by a page with a hidden field beside it, the first counts.
      convert: (sent, { isJson }) => {
        if (isJson && typeof sent !== 'boolean') throw new ValidationError('Not a valid boolean value.');
        const first: unknown = Array.isArray(sent) ? sent[0] : sent;
        if (typeof first === 'object' && first !== null)
          throw new ValidationError('Not a valid boolean value.');
        return !NOT_TICKED.has(first);
      },
      format: () => 'y',
    },
  });

const NOT_TICKED = new Set<unknown>([undefined, null, false, 0, '', 'false']);
