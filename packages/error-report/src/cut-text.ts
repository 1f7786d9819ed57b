/** Stands at the end of a text that {@link cutText} has cut. */
export const CUT_NOTE = /… \[cut: \d+ characters\]$/;

/** Cuts a text that is longer, and says how long it was. */
export function cutText(text: string, length: number): string {
  // What `slice` returns keeps the whole text in memory; the copy does not, and has no half of a character.
  return text.length > length
    ? `${Buffer.from(text.slice(0, length)).toString()}… [cut: ${text.length} characters]`
    : text;
}
