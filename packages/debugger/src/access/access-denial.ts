import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Request } from 'express';
import { isSafe } from '../safe-methods';
import { proxyHeader } from './proxy-headers';

/** Why a request is kept away from the debugger. */
export interface AccessDenial {
  readonly status: 400 | 403;
  /** One line for the terminal: what was seen, and what to do. Says too much to be sent to the client. */
  readonly message: string;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

const LOOPBACK_HOST = /^(?:(?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
/** Values of `Sec-Fetch-Site` that mean a page of this origin, or an address that the developer typed. */
const OWN_SITE = ['same-origin', 'none'];

/**
 * Why a request may not come from a browser on this machine that shows this application. Express is not asked who the client is, because with
 * `trust proxy` it would believe what the client says.
 */
export function denialFor(request: Request): AccessDenial | undefined {
  return (
    wrongPeer(request) ??
    wrongHost(request) ??
    throughProxy(request) ??
    wrongOrigin(request) ??
    wrongSite(request)
  );
}

/** Whether the address is of this machine alone; also IPv4 in IPv6, as sockets that listen on both report it. */
export function isLoopback(address: string | undefined): boolean {
  if (!address || !isIP(address)) return false;
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Requests from the network, where the application listens on more than loopback. */
function wrongPeer({ socket }: Request): AccessDenial | undefined {
  if (isLoopback(socket.remoteAddress)) return undefined;
  const port = socket.localPort ?? 3000;
  return {
    status: 403,
    message:
      `Refused the debugger to ${socket.remoteAddress ?? 'a peer without address'}: only loopback peers may use it. ` +
      `From another machine run \`ssh -L ${port}:127.0.0.1:${port} HOST\` there and open http://localhost:${port}. ` +
      `In a container either use the host's network (\`--network host\`, \`network_mode: host\`), or forward the port from ` +
      `inside, as Dev Containers do: run \`socat TCP-LISTEN:${port + 1},fork,reuseaddr TCP:127.0.0.1:${port}\` in it and publish it with ` +
      `\`-p 127.0.0.1:${port}:${port + 1}\``,
  };
}

/** A foreign name that was made to resolve to this machine (DNS rebinding): its pages would count as this site's. */
function wrongHost({ headersDistinct, originalUrl, socket }: Request): AccessDenial | undefined {
  const hosts = headersDistinct.host ?? [];
  const [host = ''] = hosts;
  // A host in the request line takes precedence over the header.
  const hasOwnHost = !originalUrl.startsWith('/');
  if (hosts.length === 1 && LOOPBACK_HOST.test(host) && !hasOwnHost) return undefined;
  const seen = hasOwnHost ? originalUrl : hosts;
  return {
    status: 400,
    message:
      `Refused the debugger to the host ${shown(seen)}: only localhost, *.localhost, 127.0.0.1 and [::1] may be its name. ` +
      `Open http://localhost:${socket.localPort ?? 3000}`,
  };
}

/** Behind a proxy everybody has a loopback address. A proxy that adds no header, as nginx by default, mostly speaks HTTP/1.0. */
function throughProxy({ headers, httpVersion, socket }: Request): AccessDenial | undefined {
  const header = proxyHeader(Object.keys(headers));
  if (!header && httpVersion !== '1.0') return undefined;
  const seen = header ? `it has the header ${shown(header)}: ${shown(headers[header])}` : 'it is HTTP/1.0';
  return {
    status: 403,
    message:
      `Refused the debugger to a request that came through a proxy (${seen}): nobody knows who is behind it. ` +
      `Open the application itself, http://localhost:${socket.localPort ?? 3000}`,
  };
}

/** A page of another site, or of another application on this machine, whose script asks through the developer's browser. */
function wrongOrigin({ headers, headersDistinct }: Request): AccessDenial | undefined {
  const origins = headersDistinct.origin ?? [];
  const host = headers.host?.toLowerCase();
  const own = [`http://${host}`, `https://${host}`];
  if (origins.every((origin) => own.includes(origin))) return undefined;
  return foreignPage(`the origin ${shown(origins)}`, host);
}

/** The same for a form of another page, whose origin browsers need not name. */
function wrongSite(request: Request): AccessDenial | undefined {
  const { 'sec-fetch-site': site, host } = request.headers;
  if (isSafe(request) || site === undefined || OWN_SITE.includes(site)) return undefined;
  return foreignPage(`a page that is ${shown(site)}`, host);
}

function foreignPage(seen: string, host: string | undefined): AccessDenial {
  return {
    status: 403,
    message:
      `Refused the debugger to ${seen}: only pages at ${shown(host)} itself may use it there. ` +
      `Open the debugger at one address and stay there; if you did, another page in your browser has tried to reach it`,
  };
}

/** What was sent, as a literal of printable ASCII that can neither end a line nor control a terminal. */
function shown(value: unknown): string {
  const text = [value].flat().join(', ');
  const cut = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  return JSON.stringify(cut).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
