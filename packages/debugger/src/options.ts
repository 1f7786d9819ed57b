export const DEBUGGER_OPTIONS = Symbol('DEBUGGER_OPTIONS');

/** What the application tells the debugger. */
export interface DebuggerOptions {
  /** Shown in titles and among the versions. */
  readonly application: { readonly name: string; readonly version?: string };
  /** Signs the cookie that remembers the PIN, and goes into a PIN that is derived. Must be secret and stay the same over restarts. */
  readonly secretKey: string;
  /**
   * What consoles ask for. Unless given, nine digits derived from the secret key, the machine, the user and the directory, printed at the
   * start. `false` turns it off: then every program on the machine may run code.
   */
  readonly pin?: string | false;
  /** Values that no page shows, such as passwords in the environment. */
  readonly secrets?: readonly string[];
  /** Address that opens an editor, with `{file}`, `{line}` and `{column}`; VS Code's unless given. */
  readonly editorUrl?: string;
  /**
   * Directories of TypeScript that are compiled on each save, to show in the browser what does not; relative to the project root. Needs
   * `@swc/core`, and uses the project's `.swcrc` if there is one.
   */
  readonly sources?: readonly string[];
  /** Directories of templates, relative to the project root: open pages are loaded again when one is saved. */
  readonly templates?: readonly string[];
  /** Beginnings of paths that never answer with a page, such as `/static`. */
  readonly pathsWithoutPages?: readonly string[];
  /** Path of the icon that the debugger's pages show, such as `/static/icon.svg`. */
  readonly icon?: string;
  /** Path of the page that visitors would see instead, for a status. */
  readonly visitorsPage?: (status: number) => string;
}
