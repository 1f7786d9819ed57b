/** Usernames are unique regardless of case. They are ASCII (see {@link IsUsername}), so `toLowerCase` is enough. */
export function usernameKey(username: string): string {
  return username.toLowerCase();
}

/**
 * Addresses are unique regardless of case. Lowercased here and not in SQL: SQLite lowercases ASCII only, and PostgreSQL by the locale of the
 * database.
 */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toLowerCase();
}
