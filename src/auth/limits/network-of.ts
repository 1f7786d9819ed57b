import ipaddr from 'ipaddr.js';

/** The part of an IPv6 address that a provider hands out to one customer; the rest is the customer's to choose. RFC 6177. */
const IPV6_PREFIX_BYTES = 8;

/** What is counted as one sender: an IPv4 address, or the /64 that an IPv6 address is in. */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return Buffer.from(parsed.toByteArray().slice(0, IPV6_PREFIX_BYTES)).toString('hex');
}
