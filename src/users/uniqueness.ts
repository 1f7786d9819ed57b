/** User names differ in more than case; they are ASCII, see {@link IsUsername}. */
export function usernameKey(username: string): string {
  return username.toLowerCase();
}

/**
 * Addresses differ in more than case. Lowered here and not in SQL: SQLite lowers ASCII only, and what PostgreSQL does
 * depends on the locale it was set up with.
 */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toLowerCase();
}
