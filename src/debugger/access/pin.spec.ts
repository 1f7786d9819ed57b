import { parseEnvironment } from '../../config/environment';
import { derivePin, digitsOf, pinOf } from './pin';

const ORIGIN = { machine: 'm', user: 'susan', project: '/srv/microblog', key: 'catcatcat' };

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
    const environment = parseEnvironment({ SECRET_KEY: 'catcatcat' });
    expect(pinOf(environment)).toMatch(/^\d{3}-\d{3}-\d{3}$/);
    expect(pinOf(parseEnvironment({ SECRET_KEY: 'catcatcat' }))).toBe(pinOf(environment));
  });

  it('is the one that is set', () => {
    expect(pinOf(parseEnvironment({ MICROBLOG_DEBUG_PIN: '12-34-56' }))).toBe('12-34-56');
  });

  it.each(['off', 'OFF'])('is none when it is %s', (MICROBLOG_DEBUG_PIN) => {
    expect(pinOf(parseEnvironment({ MICROBLOG_DEBUG_PIN }))).toBeUndefined();
  });
});

it('ignores hyphens and spaces in a PIN', () => expect(digitsOf(' 123-456 78-9 ')).toBe('123456789'));
