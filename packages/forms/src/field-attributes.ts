import { FieldOption, BoundField } from './field';

/** A field as a partial sees it: with whatever else the template gave, `{{> field form.username placeholder="susan"}}`. */
export type ShownField = BoundField & Readonly<Record<string, unknown>>;

type Attributes = Record<string, unknown>;

/**
 * The HTML attributes of a field's control: those that its kind has, its flags as far as the control knows them, those of
 * its declaration, and those given in the template, the later ones before the earlier.
 */
export function controlAttributes(field: ShownField): Attributes {
  const { id, name, element, type, declared } = field;
  return { id, name, ...(element === 'input' && { type }), ...declared, ...aria(field), ...given(field) };
}

/** The attributes of the group that the buttons of a field stand in. */
export function groupAttributes(field: ShownField, role = 'radiogroup'): Attributes {
  return { id: field.id, role, ...aria(field) };
}

/** The attributes of one button of a field. */
export function buttonAttributes(field: ShownField, option: FieldOption): Attributes {
  const { name, type, declared } = field;
  const { isSelected, isDisabled } = option;
  const all = { id: buttonId(field, option), name, type, ...declared, ...given(field) };
  return { ...all, checked: isSelected, ...(isDisabled && { disabled: true }) };
}

/** The id of one button of a field, in the group as the template has named it. */
export function buttonId({ id }: ShownField, { index }: FieldOption): string {
  return `${id}-${index}`;
}

/** The options of a select under their headings; those without one are a group of their own. */
export function optionGroups({ options }: ShownField): { group?: string; options: FieldOption[] }[] {
  const groups: { group?: string; options: FieldOption[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.options.push(option);
    else groups.push({ group: option.group, options: [option] });
  }
  return groups;
}

/** The field's help, unless one of its messages says the same. */
export function hint({ errors, help }: ShownField): string | undefined {
  return help !== undefined && errors.includes(help) ? undefined : help;
}

function aria(field: ShownField): Attributes {
  const { id, type, errors } = field;
  // Screen readers never reach a hidden field.
  if (type === 'hidden') return {};
  const isInvalid = errors.length > 0;
  const describedBy = [isInvalid && `${id}-errors`, hint(field) && `${id}-help`].filter(Boolean);
  return {
    'aria-invalid': isInvalid ? 'true' : undefined,
    'aria-describedby': describedBy.join(' ') || undefined,
  };
}

/** What the template gave to be an attribute, rather than to replace a part of the field. */
function given(field: ShownField): Attributes {
  const attributes: Attributes = {};
  for (const key of Object.keys(field)) if (!PARTS.has(key)) attributes[key] = field[key];
  return attributes;
}

const PARTS = new Set([
  'buttons',
  'checked',
  'declared',
  'element',
  'entries',
  'errors',
  'flags',
  'form',
  'help',
  'id',
  'label',
  'name',
  'options',
  'type',
  'value',
]);
