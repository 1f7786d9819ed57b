import { networkOf } from './network-of';

describe('networkOf', () => {
  it('tells IPv4 addresses apart', () => {
    expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'));
  });

  it('takes an IPv4 address in IPv6 for the same', () => {
    expect(networkOf('::ffff:192.0.2.1')).toBe(networkOf('192.0.2.1'));
  });

  it.each([
    ['2001:db8::1', '2001:db8::ffff:1', true],
    ['2001:db8:0:0:a::1', '2001:DB8::2', true],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['fe80::1%eth0', 'fe80::2%eth0', true],
  ])('counts %s and %s as one sender: %p', (one, other, isSame) => {
    expect(networkOf(one) === networkOf(other)).toBe(isSame);
  });

  it.each([undefined, '', 'nowhere', '999.1.1.1'])('has one place for %p', (address) => {
    expect(networkOf(address)).toBe('unknown');
  });
});
