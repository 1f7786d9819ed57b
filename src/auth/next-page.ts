import { HOME } from './paths';

/** In characters. Encoded in the address of the sign-in page it may be three times as long, and proxies take no more than 8 kB. */
const LONGEST_ADDRESS = 2_000;

/** Resolves relative addresses; nothing can be there. */
const THIS_SITE = 'http://this-site.invalid';

/**
 * Where to go after a form that carries `next`: a path of this site that is not too long, else `fallback`. Read as a browser would read it,
 * since `//host`, `/\host` and a path with a tab in it all lead elsewhere.
 */
export function nextPage(next: unknown, fallback = HOME): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !isShort(next)) return fallback;
  if (!URL.canParse(next, THIS_SITE)) return fallback;
  const { origin, pathname, search, hash } = new URL(next, THIS_SITE);
  // A path that still begins with two slashes would be read as a host the next time.
  const address = `${pathname}${search}${hash}`;
  return origin === THIS_SITE && !pathname.startsWith('//') && isShort(address) ? address : fallback;
}

/** Where to go after signing in: to the address that was asked for, as much of it as can be carried along. */
export function nextAfterSignIn(asked: string): string {
  const [path = ''] = asked.split('?');
  return [asked, path].find(isShort)?.replace(/^\/(?=\?|$)/, HOME) ?? HOME;
}

function isShort(address: string): boolean {
  return address.length <= LONGEST_ADDRESS;
}
