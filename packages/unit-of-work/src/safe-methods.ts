/** Whether a request must not change anything. */
export function isSafe({ method }: { readonly method: string }): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}
