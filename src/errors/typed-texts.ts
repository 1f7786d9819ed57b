import type { Request } from 'express';
import { FieldType, fieldsOf, postedFormPage } from '@microblog/forms';

/** A text that somebody typed, with the label of its field. */
export interface TypedText {
  readonly label: string;
  readonly value: string;
}

/**
 * What was typed into the posted form, passwords excepted, for a page that cannot show the form itself. Read from the declaration alone:
 * to fill the form may need what has failed, such as the person who is signed in.
 */
export function typedTexts(request: Request): TypedText[] {
  const posted = postedFormPage(request);
  if (!posted) return [];
  const values = (request.body ?? {}) as Record<string, unknown>;
  return [...fieldsOf(posted.page.dto.prototype as object)].flatMap(([name, { label, kind }]) => {
    const value = values[name];
    return isTyped(kind) && typeof value === 'string' && value.trim() !== '' ? [{ label, value }] : [];
  });
}

function isTyped({ element, type, isSecret }: FieldType): boolean {
  return !isSecret && (element === 'textarea' || (element === 'input' && type !== 'hidden'));
}
