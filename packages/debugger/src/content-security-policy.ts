/** The debugger's pages load nothing from elsewhere, and cannot be framed. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The same, with the icon of the application. */
export function debuggerPolicy({ icon }: { readonly icon?: string }): string {
  return icon === undefined ? STRICT_POLICY : `${STRICT_POLICY}; img-src 'self'`;
}
