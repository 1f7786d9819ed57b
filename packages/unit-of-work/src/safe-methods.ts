/** Whether a request asks for something only, and must change nothing. */
export function isSafe({ method }: { readonly method: string }): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}
