type Sent = Readonly<Record<string, unknown>>;

/** The button of a list that was pressed. */
export interface PressedButton {
  /** The number of the entry to be removed; one is to be added where it is undefined. */
  readonly remove?: number;
}

/** What was sent for the entries of a list. */
export interface SentEntries {
  readonly entries: readonly unknown[];
  readonly pressed?: PressedButton;
}

/** What was sent for a field with parts: as JSON has it, or what a browser sends as `address.city`; undefined where nothing was. */
export function sentUnder(sent: Sent, name: string): unknown {
  if (Object.hasOwn(sent, name)) return sent[name];
  const prefix = `${name}.`;
  const parts = Object.entries(sent).filter(([key]) => key.startsWith(prefix));
  if (parts.length === 0) return undefined;
  return Object.fromEntries(parts.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** The entries in what was sent for a list, in their order; undefined where it is none. */
export function entriesIn(sent: unknown, isJson: boolean): SentEntries | undefined {
  if (Array.isArray(sent)) return { entries: sent };
  if (isJson || sent === undefined || sent === null) return undefined;
  if (!isRecord(sent)) return { entries: [sent] };
  const numbers = numbersIn(sent);
  const removed = numbers.findIndex((number) => Object.hasOwn(sent, `${number}.remove`));
  const isAdding = Object.hasOwn(sent, 'add');
  return {
    entries: numbers.map((number) => sentUnder(sent, String(number))),
    pressed: removed >= 0 ? { remove: removed } : isAdding ? {} : undefined,
  };
}

export function isRecord(value: unknown): value is Sent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The numbers of the entries, which need not be without gaps. */
function numbersIn(sent: Sent): readonly number[] {
  const found = Object.keys(sent).flatMap((key) => /^(0|[1-9]\d{0,5})(?:\.|$)/.exec(key)?.slice(1, 2) ?? []);
  return [...new Set(found.map(Number))].sort((one, other) => one - other);
}
