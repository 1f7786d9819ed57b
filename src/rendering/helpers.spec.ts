import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { dateTime, either, encode, equal, exactTime, inUtc, profilePath, time } from './helpers';

const ROOT = join(__dirname, '../..');
const NOON = new Date('2026-07-01T12:00:00Z');

describe('Times', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['2026-07-01T12:00:00Z', 'less than a minute ago'],
    ['2026-07-01T11:55:00Z', '5 minutes ago'],
    ['2026-07-01T09:00:00Z', 'about 3 hours ago'],
    ['2026-06-29T12:00:00Z', '2 days ago'],
    ['2026-07-01T12:05:00Z', 'in 5 minutes'],
  ])('say of %s that it is %s', (at, words) => {
    expect(String(time(new Date(at)))).toContain(`>${words}</time>`);
  });

  it('are words for people, exact as a tooltip and ISO 8601 for programs', () => {
    expect(String(time(new Date('2026-06-29T09:05:07.008Z')))).toBe(
      '<time datetime="2026-06-29T09:05:07.008Z" title="29 June 2026, 09:05 UTC">2 days ago</time>',
    );
  });

  it('can be exact without a pointer', () => {
    expect(String(exactTime(new Date('2026-07-01T11:55:00Z')))).toContain(
      '>5 minutes ago <span class="exact">(<span data-exact>1 July 2026, 11:55 UTC</span>)</span></time>',
    );
  });

  it('stand alone where the words would be too many', () => {
    expect(String(dateTime(NOON))).toBe(
      '<time datetime="2026-07-01T12:00:00.000Z" title="1 July 2026, 12:00 UTC"><span data-exact>1 July 2026, 12:00 UTC</span></time>',
    );
  });

  it('are those of UTC wherever the server stands', () => {
    const zones = ['UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Kiritimati'];
    const inZones = `
      const { inUtc } = require('./src/rendering/helpers.ts');
      for (const zone of ${JSON.stringify(zones)}) {
        process.env.TZ = zone;
        const noon = new Date('${NOON.toISOString()}');
        console.log(noon.getHours(), inUtc(noon));
      }`;
    const output = execFileSync(
      process.execPath,
      ['--require', './test/support/typescript.cjs', '--eval', inZones],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const exact = inUtc(NOON);
    expect(exact).toBe('1 July 2026, 12:00 UTC');
    expect(output).toBe(`12 ${exact}\n5 ${exact}\n17 ${exact}\n2 ${exact}\n`);
  });
});

describe('either', () => {
  it('looks at its two values, not at the options of Handlebars', () => {
    const options = { hash: {} } as Handlebars.HelperOptions;
    expect(either('', '/index', options)).toBe(true);
    expect(either(undefined, '', options)).toBe(false);
  });
});

describe('equal', () => {
  it('compares, and takes a thing that is not there for nothing', () => {
    expect(equal('susan', 'susan')).toBe(true);
    expect(equal('susan', 'john')).toBe(false);
    expect(equal(undefined, undefined)).toBe(false);
  });
});

describe('Addresses', () => {
  it('lead to a person and carry any text', () => {
    expect(profilePath('susan')).toBe('/user/susan');
    expect(encode('/index?page=2&x=ü')).toBe('%2Findex%3Fpage%3D2%26x%3D%C3%BC');
  });
});
