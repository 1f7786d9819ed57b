/** The largest value of an `integer` column of PostgreSQL. */
const LARGEST_ID = 2 ** 31 - 1;

/** A post's number from an address, or undefined where it cannot be one. */
export function postId(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^[1-9]\d{0,9}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= LARGEST_ID ? id : undefined;
}
