/** As long as the names of most file systems, though nobody should make it one. */
const LONGEST_NAME = 255;
/** Control characters, and those that turn the direction of writing, by which `exe.gpj` reads as `jpg.exe`. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The name of a file as it can be shown: the last part of a path of any system, without what nobody sees. */
export function shownFileName(sent: string): string {
  const last = sent.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const shown = Array.from(last.replace(UNSEEN, '').trim()).slice(0, LONGEST_NAME).join('');
  return /^\.*$/.test(shown) ? 'file' : shown;
}
