import { PAGE_SIZE, PageRequest, feedAt, pageRequest, postsPage } from './feed';
import { Post } from './post.entity';

describe('pageRequest', () => {
  it.each([
    [{}, { number: 1 }],
    [{ page: '1', before: '71', after: '7' }, { number: 1 }],
    [{ page: '2' }, { number: 2 }],
    [
      { page: '2', before: '71' },
      { number: 2, before: 71 },
    ],
    [
      { page: '2', after: '71' },
      { number: 2, after: 71 },
    ],
    [
      { page: '2', before: '71', after: '7' },
      { number: 2, after: 7 },
    ],
    [
      { page: '999999999', before: '71' },
      { number: 100_000, before: 71 },
    ],
  ])('reads %j as %j', (query, page) => {
    expect(pageRequest(query)).toEqual(page);
  });

  it.each(['', '0', '-2', '2.5', '02', ' 2', '2e3', 'two', '99999999999', ['2', '3'], { a: '2' }])(
    'takes %j for no number',
    (text) => {
      expect(pageRequest({ page: text })).toEqual({ number: 1 });
      expect(pageRequest({ page: '2', before: text, after: text })).toEqual({ number: 2 });
    },
  );
});

describe('feedAt', () => {
  const feed = (found: Post[], request: PageRequest, path: string) => feedAt(path, postsPage(found, request));

  /** Newest first, as they are found: the oldest has the number 1. */
  const posts = (count: number) =>
    Array.from({ length: count }, (_, index) => Object.assign(new Post(), { id: count - index }));

  it('has no neighbours when all posts fit on the page', () => {
    const found = posts(PAGE_SIZE);
    expect(feed(found, { number: 1 }, '/index')).toEqual({ posts: found, number: 1, hasOlder: false });
  });

  it('leaves the one post more for the older page', () => {
    const found = posts(PAGE_SIZE + 1);
    const page = feed(found, { number: 1 }, '/index');
    expect(page.posts).toEqual(found.slice(0, PAGE_SIZE));
    expect(page.older).toBe('/index?page=2&before=2');
    expect(page.newer).toBeUndefined();
  });

  it('leads back by the newest post of the page', () => {
    expect(feed(posts(3), { number: 3, before: 4 }, '/user/susan').newer).toBe('/user/susan?page=2&after=3');
  });

  it('leads back to the first page without a cursor', () => {
    expect(feed(posts(3), { number: 2, before: 4 }, '/index').newer).toBe('/index');
  });

  it('leads from an empty page to the first one', () => {
    expect(feed([], { number: 7 }, '/index')).toMatchObject({ posts: [], newer: '/index', hasOlder: false });
  });
});
