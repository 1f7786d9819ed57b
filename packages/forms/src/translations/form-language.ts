import { ENGLISH, Language } from './language';
import type { Translatable } from './message';

/** Where a form has its language: no name, which would keep a field from being called so. */
export const LANGUAGE = Symbol('language of a form');

/** A form, or whatever else has fields. */
export interface Speaker {
  readonly [LANGUAGE]?: Language;
}

/** The language tag of what a form says, such as `de`. */
export function localeOf(form: Speaker): string {
  return languageOf(form).locale;
}

/** What a form says of what is wrong. */
export function sayIn(form: Speaker, message: string | Translatable, field?: string): string {
  const isEmpty = (typeof message === 'string' ? message : message.text) === '';
  return languageOf(form).say(isEmpty ? 'Invalid input.' : message, field);
}

/** A text that stands on the page whatever was typed; it may be empty, as the label of a hidden field is. */
export function shownIn<T extends string | undefined>(form: Speaker, text: T, field: string): T | string {
  return text ? languageOf(form).say(text, field) : text;
}

/** The attributes of a control, with those that people read or hear in the language of the form. */
export function attributesIn(
  form: Speaker,
  attributes: Record<string, unknown>,
  field: string,
): Record<string, unknown> {
  if (languageOf(form) === ENGLISH) return attributes;
  const translated = READ_BY_PEOPLE.flatMap((name) => {
    const text = attributes[name];
    return typeof text === 'string' ? [[name, shownIn(form, text, field)]] : [];
  });
  return { ...attributes, ...(Object.fromEntries(translated) as Record<string, string>) };
}

const READ_BY_PEOPLE = ['title', 'placeholder', 'aria-label', 'aria-description'];

function languageOf(form: Speaker): Language {
  return form[LANGUAGE] ?? ENGLISH;
}
