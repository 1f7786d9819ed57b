import { isLoopback } from './access-denial';

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'is so for %s',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'localhost',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '172.17.0.1',
    '192.168.1.127',
    '128.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '::2',
    'fe80::1',
    'fe80::1%eth0',
    '127.0.0.1.evil.com',
  ])('is not so for %s', (address) => expect(isLoopback(address)).toBe(false));
});
