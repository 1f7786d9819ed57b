import { Field, FieldOptions } from './field.decorator';

/** A checkbox: true when it was ticked. As with WTForms, nothing, an empty text and `false` count as not ticked. */
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
      convert: (sent) => !NOT_TICKED.has(Array.isArray(sent) ? sent[0] : sent),
      format: () => 'y',
    },
  });

const NOT_TICKED = new Set<unknown>([undefined, null, false, '', 'false']);
