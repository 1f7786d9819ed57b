/** Whether the process belongs to a terminal, so that SIGHUP means that this has gone. */
export function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
}
