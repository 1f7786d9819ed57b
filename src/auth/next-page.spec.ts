import { nextAfterSignIn, nextPage } from './next-page';
import { HOME } from './paths';

describe('nextPage', () => {
  it.each([
    ['/', '/'],
    ['/user/susan', '/user/susan'],
    ['/index?page=2&before=71#posts', '/index?page=2&before=71#posts'],
    ['/login?next=//john.example', '/login?next=//john.example'],
    ['/user/../index', '/index'],
    ['/index\r\nSet-Cookie: a=b', '/indexSet-Cookie:%20a=b'],
  ])('takes %j for the page %s of this site', (next, page) => {
    expect(nextPage(next)).toBe(page);
  });

  it.each([
    undefined,
    '',
    'index',
    ['/index'],
    'https://john.example/index',
    'javascript:alert(1)',
    '//john.example',
    '///john.example',
    '/\\john.example',
    '\\\\john.example',
    '/\t/john.example',
    '\t//john.example',
    '/\n/john.example',
    '/.//john.example',
    '/index/..//john.example',
    '/index/../\\john.example',
    '//john.example@this-site.invalid:1/',
    '//[',
  ])('goes home instead of to %j', (next) => {
    expect(nextPage(next)).toBe(HOME);
  });

  it('goes where it is told when there is no such page', () => {
    expect(nextPage('//john.example', '/login')).toBe('/login');
  });
});

describe('An address that is too long for a redirect', () => {
  const LONG = 'x'.repeat(2_000);

  it.each([`/index?q=${LONG}`, `/${LONG}`, `/index?q=${'é'.repeat(400)}`])(
    'is not gone to after a form',
    (next) => {
      expect(nextPage(next)).toBe(HOME);
    },
  );

  it.each([
    [`/index?q=${LONG}`, '/index'],
    [`/user/susan?q=${LONG}`, '/user/susan'],
    [`/?q=${LONG}`, HOME],
    [`/${LONG}`, HOME],
    ['/?page=2', '/index?page=2'],
    ['/user/susan?page=2', '/user/susan?page=2'],
  ])('is cut for after the sign-in', (asked, next) => {
    expect(nextAfterSignIn(asked)).toBe(next);
  });
});
