import { Post } from './post.entity';
import { postId } from './post-id';

/** Posts on a page. */
export const PAGE_SIZE = 25;
/** Page numbers above this one count as this one, so that a typed number cannot make the database skip for ever. */
const LAST_PAGE = 100_000;

/** Which page of a feed: its number, and where its posts lie, so that a page deep down is found by the index. */
export interface PageRequest {
  readonly number: number;
  /** Only posts older than this one. */
  readonly before?: number;
  /** Only posts newer than this one, the nearest to it. */
  readonly after?: number;
}

/** Posts, newest first. */
export interface PostsPage {
  readonly posts: Post[];
  readonly number: number;
  readonly hasOlder: boolean;
}

/** A page of posts, and the addresses of its neighbours. */
export interface Feed extends PostsPage {
  readonly newer?: string;
  readonly older?: string;
}

/** Reads `?page=2&before=71`; whatever cannot be meant counts as not there. */
export function pageRequest(query: Readonly<Record<string, unknown>>): PageRequest {
  const number = Math.min(postId(query.page) ?? 1, LAST_PAGE);
  if (number === 1) return { number };
  const after = postId(query.after);
  return after === undefined ? { number, before: postId(query.before) } : { number, after };
}

/** @param found up to one post more than a page has, newest first; the one more shows that there is an older page */
export function postsPage(found: Post[], { number }: PageRequest): PostsPage {
  return { posts: found.slice(0, PAGE_SIZE), number, hasOlder: found.length > PAGE_SIZE };
}

/** @param path the address of the feed, without a query */
export function feedAt(path: string, page: PostsPage): Feed {
  const { posts, number, hasOlder } = page;
  return {
    ...page,
    newer: number > 1 ? newer(posts[0], number - 1, path) : undefined,
    older: hasOlder ? `${path}?page=${number + 1}&before=${posts.at(-1)?.id}` : undefined,
  };
}

function newer(first: Post | undefined, number: number, path: string): string {
  return number === 1 || !first ? path : `${path}?page=${number}&after=${first.id}`;
}
