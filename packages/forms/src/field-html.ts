import {
  ShownField,
  buttonAttributes,
  buttonId,
  controlAttributes,
  groupAttributes,
  hint,
  optionGroups,
} from './field-attributes';
import { FieldOption, BoundField } from './field';
import { Form } from './form';
import { attributesHtml, escapeHtml } from './html';

/*
 * Functions rather than templates: a field of a template takes eight partials, which were a quarter of the time of a page with a form
 * (`npm run bench:load -- sign-in`).
 */

/** A field with its label, its control, its messages and its help. */
export function fieldHtml(field: ShownField): string {
  if (field.type === 'hidden') return controlHtml(field) + errorsHtml(field);
  return `<div class="field">\n  ${labelledControl(field)}\n${errorsHtml(field)}${helpHtml(field)}</div>\n`;
}

/** The control of a field, or the group of its buttons. */
export function controlHtml(field: ShownField): string {
  switch (field.element) {
    case 'textarea':
      // Browsers drop a line break at the start of the text.
      return `<textarea${attributesHtml(controlAttributes(field))}>\n${escapeHtml(field.value)}</textarea>`;
    case 'select':
      return selectHtml(field);
    case 'radio':
      return radioGroupHtml(field);
    case 'checkbox': {
      const checked = field.checked ? ' checked' : '';
      return `<input type="checkbox" value="y"${attributesHtml(controlAttributes(field))}${checked}>`;
    }
    case 'button':
      return `<button value="y"${attributesHtml({ ...controlAttributes(field), type: 'submit' })}>${escapeHtml(field.label)}</button>`;
    default: {
      const text = field.type === 'submit' ? field.label : field.value;
      const value = field.type === 'file' ? '' : ` value="${escapeHtml(text)}"`;
      return `<input${value}${attributesHtml(controlAttributes(field))}>`;
    }
  }
}

/** What is wrong with a field, each message once; empty where nothing is. */
export function errorsHtml({ id, errors }: ShownField): string {
  return errors.length === 0
    ? ''
    : `<ul class="errors" id="${escapeHtml(id)}-errors">${items([...new Set(errors)])}</ul>\n`;
}

/** The help of a field; empty where it has none, or where one of its messages says the same. */
export function helpHtml(field: ShownField): string {
  const text = hint(field);
  return text ? `<small id="${escapeHtml(field.id)}-help">${escapeHtml(text)}</small>\n` : '';
}

/**
 * The HTML of a field with its label, messages and help, for any template engine.
 *
 * @param attributes of the control, such as `{ placeholder: 'susan' }`; `label` and `help` replace those of the field
 */
export function renderField(field: BoundField, attributes: Readonly<Record<string, unknown>> = {}): string {
  return fieldHtml(Object.assign({}, field as ShownField, attributes));
}

/** The HTML of all fields of a form. */
export function renderFields({ fields }: Form<object>): string {
  return fields.map((field) => fieldHtml(field as ShownField)).join('');
}

/** The HTML of the messages that belong to no field; empty where there are none. */
export function renderFormErrors({ errors }: Form<object>): string {
  return errors.length === 0
    ? ''
    : `<div class="form-errors" role="alert"><ul class="errors">${items(errors)}</ul></div>\n`;
}

function labelledControl(field: ShownField): string {
  const control = controlHtml(field);
  if (field.element === 'radio' || field.type === 'submit') return control;
  const [start, label] = [`<label for="${escapeHtml(field.id)}">`, escapeHtml(field.label)];
  return field.element === 'checkbox'
    ? `${start}${control} ${label}</label>`
    : `${start}${label}</label>\n  ${control}`;
}

function selectHtml(field: ShownField): string {
  const groups = optionGroups(field).map(({ group, options }) => {
    const html = options.map(optionHtml).join('');
    return group ? `<optgroup label="${escapeHtml(group)}">${html}</optgroup>` : html;
  });
  return `<select${attributesHtml(controlAttributes(field))}>${groups.join('')}</select>`;
}

function optionHtml({ text, label, isSelected, isDisabled }: FieldOption): string {
  const attributes = attributesHtml({ value: text, selected: isSelected, disabled: isDisabled });
  return `<option${attributes}>${escapeHtml(label)}</option>`;
}

function radioGroupHtml(field: ShownField): string {
  const buttons = field.options.map((option) => {
    const attributes = attributesHtml({ value: option.text, ...buttonAttributes(field, option) });
    const label = `<label for="${escapeHtml(buttonId(field, option))}">`;
    return `${label}<input${attributes}> ${escapeHtml(option.label)}</label>\n`;
  });
  return `<fieldset${attributesHtml(groupAttributes(field))}><legend>${escapeHtml(field.label)}</legend>\n${buttons.join('')}</fieldset>`;
}

function items(texts: readonly string[]): string {
  return texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('');
}
