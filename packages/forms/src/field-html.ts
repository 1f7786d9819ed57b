import {
  ShownField,
  buttonAttributes,
  buttonId,
  controlAttributes,
  groupAttributes,
  hint,
  optionGroups,
} from './field-attributes';
import { BoundField, FieldOption } from './field';
import { Form } from './form';
import { attributesHtml, escapeHtml } from './html';
import { sayIn } from './translations/form-language';

/*
 * Functions rather than templates: a field of a template takes eight partials, which were a quarter of the time of a page with a form
 * (`npm run bench:load -- sign-in`).
 */

/** A field with its label, its control, its messages and its help. */
export function fieldHtml(field: ShownField): string {
  if (field.type === 'hidden') return controlHtml(field) + errorsHtml(field);
  if (field.form) return groupHtml(field, renderFields(field.form));
  if (field.entries) return groupHtml(field, listHtml(field, field.entries));
  const hidden = field.flags.honeypot ? ' hidden' : '';
  return `<div class="field"${hidden}>\n  ${labelledControl(field)}\n${errorsHtml(field)}${helpHtml(field)}</div>\n`;
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

/**
 * What is wrong with the form and its fields, each message with a link to its field, for the top of a long page; empty where nothing is.
 * It has the focus when the page is loaded.
 */
export function renderErrorSummary(form: Form<object>, heading = 'There is a problem'): string {
  if (form.isValid) return '';
  const links = form.errors.map((message) => `<li>${escapeHtml(message)}</li>`);
  for (const field of form.fields) links.push(...summaryOf(field));
  return `<div class="error-summary" role="alert" tabindex="-1" autofocus><h2>${escapeHtml(sayIn(form, heading))}</h2><ul>${links.join('')}</ul></div>\n`;
}

function summaryOf({ id, label, errors, form, entries = [], options, element }: BoundField): string[] {
  // The id of a group of buttons is that of no control.
  const target = element === 'radio' && options.length > 0 ? `${id}-0` : id;
  const link = (message: string) =>
    `<li><a href="#${escapeHtml(encodeURIComponent(target))}">${escapeHtml(`${label}: ${message}`)}</a></li>`;
  const own = [...new Set([...errors, ...(form?.errors ?? [])])].map(link);
  return [...own, ...(form?.fields ?? []).flatMap(summaryOf), ...entries.flatMap(summaryOf)];
}

function labelledControl(field: ShownField): string {
  const control = controlHtml(field);
  if (field.element === 'radio' || field.type === 'submit') return control;
  const [start, label] = [`<label for="${escapeHtml(field.id)}">`, escapeHtml(field.label)];
  return field.element === 'checkbox'
    ? `${start}${control} ${label}</label>`
    : `${start}${label}</label>\n  ${control}`;
}

/** A form within the form, or a list; the errors of such a form as a whole stand above its fields. */
function groupHtml(field: ShownField, content: string): string {
  const legend = `<legend>${escapeHtml(field.label)}</legend>`;
  const ofForm = field.form ? renderFormErrors(field.form) : '';
  return `<fieldset${attributesHtml(groupAttributes(field, 'group'))}>${legend}\n${errorsHtml(field)}${helpHtml(field)}${ofForm}${content}</fieldset>\n`;
}

/**
 * The entries with a button to remove each, and one to add another. They are buttons that send the form, without a check by the browser,
 * so that they need no JavaScript.
 */
function listHtml({ name, label, buttons = {} }: ShownField, entries: readonly BoundField[]): string {
  const { add, remove } = buttons;
  const button = (action: string, text: string, about: string) => {
    const attributes = { type: 'submit', name: `${name}.${action}`, value: 'y', formnovalidate: true };
    return `<button${attributesHtml({ ...attributes, 'aria-label': `${text}: ${about}` })}>${escapeHtml(text)}</button>\n`;
  };
  const items = entries.map((entry, index) => {
    const removal = remove === undefined ? '' : button(`${index}.remove`, remove, entry.label);
    return `<div class="entry">\n${fieldHtml(entry as ShownField)}${removal}</div>\n`;
  });
  const addition = add === undefined ? '' : button('add', add, label);
  // The Enter key presses the first button of a form: that must be none that changes the list.
  return `<input type="submit" hidden>\n${items.join('')}${addition}`;
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
