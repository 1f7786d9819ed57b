import { isIP } from 'node:net';

/** Underscores are no part of host names on the Internet, but of those that Docker gives. */
const HOST_NAME =
  /^(?=.{1,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)*(?!\d+\.?$)[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.?$/i;

/** What is wrong with a host, as the rest of a sentence; undefined for a name or an address that could be one. */
export function hostProblem(host: string, portVariable: string): string | undefined {
  if (isIP(host) || HOST_NAME.test(host)) return undefined;
  if (host.includes('://')) return 'must be a host name or an IP address, not a URL';
  const [, name, port] = /^(.+):(\d+)$/.exec(host) ?? [];
  if (name && port && !name.includes(':')) {
    return `must be a host name or an IP address alone; the port belongs in ${portVariable}`;
  }
  if (host.startsWith('[')) return 'must be an IP address without brackets or port';
  return 'must be a host name or an IP address';
}

/** Whether what is sent to this host stays on this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost\.?|127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3})$/i.test(host);
}
