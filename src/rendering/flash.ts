/** A message for the next page, with what can be done about it. */
export interface Flash {
  readonly message: string;
  readonly action?: FlashAction;
}

/** A button that posts to a path of this site. */
export interface FlashAction {
  readonly label: string;
  readonly path: string;
}

export function flashText(flash: Flash): string {
  return JSON.stringify(flash);
}

/** Reads what {@link flashText} wrote, or a bare message, as it was written before messages had actions. */
export function flashFrom(text: string): Flash {
  return text.startsWith('{') ? (JSON.parse(text) as Flash) : { message: text };
}
