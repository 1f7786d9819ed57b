import type { Request } from 'express';
import { postedForm } from '../forms/posted-form';

/** A text that somebody typed, with the label of its field. */
export interface TypedText {
  readonly label: string;
  readonly value: string;
}

/** What was typed into the posted form, passwords excepted, for a page that cannot show the form itself. Never throws. */
export function typedTexts(request: Request): TypedText[] {
  try {
    const fields = postedForm(request)?.fields ?? [];
    // A field shows no password.
    return fields
      .filter(({ element, type, value }) => isTyped(element, type) && value.trim() !== '')
      .map(({ label, value }) => ({ label, value }));
  } catch {
    // The form itself may be what is broken.
    return [];
  }
}

function isTyped(element: string, type: string | undefined): boolean {
  return element === 'textarea' || (element === 'input' && type !== 'hidden');
}
