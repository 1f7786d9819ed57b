import { ValidationError } from '../validation/validation-errors';
import { Field, FieldOptions } from './field.decorator';
import type { FieldDecorator } from './typed-decorator';

export interface BooleanOptions extends FieldOptions {
  /** The texts that a form sends for no; the empty text and `false`. */
  readonly falseValues?: readonly string[];
}

const FALSE_VALUES = ['', 'false'];

/**
 * A checkbox: true when it was ticked. As with WTForms, nothing, an empty text, `false` and 0 count as not ticked. From JSON only true is
 * true, and only false is false: nobody consents with `"no"` or `{}`.
 */
export const BooleanField = (
  label: string,
  { falseValues = FALSE_VALUES, ...options }: BooleanOptions = {},
): FieldDecorator<boolean> =>
  Field({
    label,
    ...options,
    kind: {
      element: 'checkbox',
      type: 'checkbox',
      attributeFlags: ['required', 'disabled'],
      empty: false,
      absent: false,
      convert: (sent, { isJson }) => {
        if (isJson && typeof sent !== 'boolean') throw new ValidationError('Not a valid boolean value.');
        // Sent more than once, as by a page with a hidden field beside it, the first counts.
        const first: unknown = Array.isArray(sent) ? sent[0] : sent;
        if (typeof first === 'object' && first !== null)
          throw new ValidationError('Not a valid boolean value.');
        return !NOT_TICKED.has(first) && !falseValues.includes(first as string);
      },
      format: () => 'y',
    },
  });

const NOT_TICKED = new Set<unknown>([undefined, null, false, 0]);
