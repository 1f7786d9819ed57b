/** A date as messages have it, read in UTC: such as `2026-11-22 18:30:00`. */
export function dateInWords(date: Date): string {
  return date.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replace('T', ' ');
}
