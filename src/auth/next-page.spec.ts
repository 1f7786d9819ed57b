import { HOME, nextPage } from './next-page';

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
