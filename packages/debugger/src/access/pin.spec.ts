import { derivePin, digitsOf, pinOf } from './pin';

const ORIGIN = { machine: 'm', user: 'susan', project: '/srv/example', key: 'catcatcat' };

describe('derivePin', () => {
  it('makes nine digits in threes', () => {
    for (let i = 0; i < 200; i++) {
      expect(derivePin({ ...ORIGIN, machine: String(i) })).toMatch(/^\d{3}-\d{3}-\d{3}$/);
    }
  });

  it('makes the same one again', () => expect(derivePin({ ...ORIGIN })).toBe(derivePin(ORIGIN)));

  it.each(['machine', 'user', 'project', 'key'])('makes another one for another %s', (name) => {
    expect(derivePin({ ...ORIGIN, [name]: 'other' })).not.toBe(derivePin(ORIGIN));
  });
});

describe('pinOf', () => {
  it('is derived where none is set', () => {
    const pin = pinOf({ secretKey: 'catcatcat' });
    expect(pin).toMatch(/^\d{3}-\d{3}-\d{3}$/);
    expect(pinOf({ secretKey: 'catcatcat' })).toBe(pin);
  });

  it('is the one that is set', () => {
    expect(pinOf({ secretKey: 'catcatcat', pin: '12-34-56' })).toBe('12-34-56');
  });

  it('is none when it is turned off', () => {
    expect(pinOf({ secretKey: 'catcatcat', pin: false })).toBeUndefined();
  });
});

it('ignores hyphens and spaces in a PIN', () => expect(digitsOf(' 123-456 78-9 ')).toBe('123456789'));
