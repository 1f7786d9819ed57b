import { ValidationOptions, isFQDN, isIP } from 'class-validator';
import { domainToASCII } from 'node:url';
import { createValidator } from './validator';

export interface URLOptions extends ValidationOptions {
  /** Whether a host needs a top-level domain, as `localhost` has none; on. */
  readonly requireTld?: boolean;
  /** Whether the host may be an IP address; on. */
  readonly allowIp?: boolean;
  /** Whether `user:password@` may precede the host, where it can make people mistake one site for another; off. */
  readonly allowUserinfo?: boolean;
  /** The schemes to take, null for any; `http` and `https`. */
  readonly schemes?: readonly string[] | null;
}

/**
 * Scheme, what is before the last @, host and port. A browser's parser would make 127.0.0.0 of the host `127.0.0`, and end the
 * host at a backslash.
 */
const AUTHORITY =
  /^([a-z][a-z\d+.-]*):\/\/(?:([^\\/?#\s]*)@)?(\[[\da-f:.]*\]|[^:\\/?#\s%@]*)(?::(\d*))?(?=[/?#]|$)/i;

/** Parsers drop some of them without a word, and nobody sees others. */
const UNSEEN = /[\p{Cc}\p{Cf}]/u;

/** In characters (RFC 1035). */
const LONGEST_HOST = 253;

/** An absolute URL whose host could be a real one; ports are 0 to 65535. */
export function URL({
  requireTld = true,
  allowIp = true,
  allowUserinfo = false,
  schemes = ['http', 'https'],
  ...options
}: URLOptions = {}): PropertyDecorator {
  const isHost = (host: string): boolean => {
    if (host.startsWith('[')) return allowIp && isIP(host.slice(1, -1), 6);
    const name = domainToASCII(host);
    if (allowIp && isIP(host, 4)) return true;
    return name.length <= LONGEST_HOST && isFQDN(name, { require_tld: requireTld, allow_underscores: true });
  };
  return createValidator(
    {
      name: 'url',
      validate: (value) => {
        const [, scheme, userinfo, host = '', port] =
          AUTHORITY.exec(typeof value === 'string' ? value : '') ?? [];
        if (scheme === undefined || UNSEEN.test(String(value)) || !globalThis.URL.canParse(String(value)))
          return false;
        if (schemes && !schemes.includes(scheme.toLowerCase())) return false;
        return (allowUserinfo || !userinfo) && isHost(host) && Number(port ?? 0) <= 65_535;
      },
      defaultMessage: () => 'Invalid URL.',
    },
    options,
  );
}
