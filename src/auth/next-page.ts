export const HOME = '/index';

/** Resolves relative addresses; nothing can be there. */
const THIS_SITE = 'http://this-site.invalid';

/**
 * Where to go after a form that carries `next`: a path of this site, else `otherwise`. Read as a browser would read it,
 * since `//host`, `/\host` and a path with a tab in it all lead elsewhere.
 */
export function nextPage(next: unknown, otherwise = HOME): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, THIS_SITE)) return otherwise;
  const { origin, pathname, search, hash } = new URL(next, THIS_SITE);
  // A path that still begins with two slashes would be read as a host the next time.
  return origin === THIS_SITE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : otherwise;
}
