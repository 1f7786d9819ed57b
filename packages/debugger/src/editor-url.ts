/**
 * The address that opens a file in the editor.
 *
 * @param pattern with `{file}`, `{line}` and `{column}`
 */
export function editorUrl(pattern: string, path: string, line: number, column: number): string {
  const values: Record<string, string> = {
    file: encodeURI(path.replaceAll('\\', '/')).replace(/[?#]/g, encodeURIComponent),
    line: String(line),
    column: String(column),
  };
  return pattern.replace(/\{(file|line|column)\}/g, (_placeholder, name: string) => values[name] ?? '');
}
