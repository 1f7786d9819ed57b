import { PreparedQuery } from '@microblog/unit-of-work';
import { Repository, SelectQueryBuilder } from 'typeorm';
import { PAGE_SIZE } from './feed';
import { Post } from './post.entity';

type Value = 'author' | 'start';
type Builder = SelectQueryBuilder<Post>;

/** The queries behind the feeds, of all posts or of one author's, each a range of the index. */
export class FeedQueries {
  /** The newest posts. */
  readonly newest: PreparedQuery<Post, Value>;
  /** The posts older than `start`, newest first. */
  readonly before: PreparedQuery<Post, Value>;
  /** The posts newer than `start`, oldest first. */
  readonly after: PreparedQuery<Post, Value>;
  /** The posts after so many newer ones, `start`, which are counted off in the index. */
  readonly skipping: PreparedQuery<Post, Value>;

  constructor(posts: Repository<Post>, { ofOneAuthor }: { readonly ofOneAuthor: boolean }) {
    const prepare = (build: (builder: Builder) => Builder): PreparedQuery<Post, Value> =>
      new PreparedQuery(posts, ['author', 'start'], 'post', (builder) => {
        // All that a feed shows of people; their other columns are half of its rows.
        build(builder.innerJoin('post.author', 'author').addSelect(['author.id', 'author.username']));
        return ofOneAuthor ? builder.andWhere('post.authorId = :author') : builder;
      });
    this.newest = prepare((builder) => builder.orderBy('post.id', 'DESC').limit(PAGE_SIZE + 1));
    this.before = prepare((builder) =>
      builder
        .where('post.id < :start')
        .orderBy('post.id', 'DESC')
        .limit(PAGE_SIZE + 1),
    );
    this.after = prepare((builder) =>
      builder.where('post.id > :start').orderBy('post.id', 'ASC').limit(PAGE_SIZE),
    );
    this.skipping = prepare((builder) => {
      const ofAuthor = ofOneAuthor ? 'AND skipped.author_id = :author' : '';
      return builder
        .where(
          `post.id <= (SELECT skipped.id FROM posts skipped WHERE skipped.deleted_at IS NULL ${ofAuthor}
            ORDER BY skipped.id DESC LIMIT 1 OFFSET :start)`,
        )
        .orderBy('post.id', 'DESC')
        .limit(PAGE_SIZE + 1);
    });
  }
}
