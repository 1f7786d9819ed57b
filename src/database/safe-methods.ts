const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request is one that changes nothing: it gets no transaction, and needs no token of a form. */
export function isSafe({ method }: { readonly method: string }): boolean {
  return SAFE_METHODS.includes(method);
}
