const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request is one that changes nothing: it gets no transaction, and needs no token of a form. */
export function isSafe({ method }: { readonly method: string }): boolean {
  return SAFE_METHODS.includes(method);
}

/** Whether a request asks for what stands at an address, rather than for something to be done there. */
export function isRead({ method }: { readonly method: string }): boolean {
  return method === 'GET' || method === 'HEAD';
}
