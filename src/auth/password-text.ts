/**
 * One password however a keyboard puts its accents together: macOS types é as one character or as two, and Vietnamese keyboards on Windows
 * mix both (RFC 8265, section 4.2).
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/** All that a password may have been hashed as, before they were normalized; for nearly all passwords one text. */
export function hashedForms(password: string): string[] {
  return [...new Set([normalizePassword(password), password, password.normalize('NFD')])];
}
