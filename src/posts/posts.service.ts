import { ForbiddenException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { User } from '../users/user.entity';
import { UNDO_MS } from './deleted-posts';
import { PAGE_SIZE, PageRequest, PostsPage, postsPage } from './feed';
import { FeedQueries } from './feed-queries';
import { Post } from './post.entity';

@Injectable()
export class PostsService {
  private readonly ofAll: FeedQueries;
  private readonly ofAuthor: FeedQueries;

  constructor(@InjectRepository(Post) private readonly posts: Repository<Post>) {
    this.ofAll = new FeedQueries(posts, { ofOneAuthor: false });
    this.ofAuthor = new FeedQueries(posts, { ofOneAuthor: true });
  }

  async write(author: User, body: string): Promise<void> {
    // `insert()` would read the row once more, for its number and defaults.
    await this.posts
      .createQueryBuilder()
      .insert()
      .values({ authorId: author.id, body, createdAt: new Date() })
      .updateEntity(false)
      .execute();
  }

  /** @throws NotFoundException when there is no such post, or it has been deleted */
  async find(id: number | undefined): Promise<Post> {
    const post =
      id === undefined ? null : await this.posts.findOne({ where: { id }, relations: { author: true } });
    if (!post) throw new NotFoundException();
    return post;
  }

  /**
   * Deletes a post so that it can be restored for some time.
   *
   * @returns false where that had been done already
   * @throws NotFoundException when there is no such post
   * @throws ForbiddenException when it is somebody else's
   */
  async delete(id: number | undefined, author: User): Promise<boolean> {
    const post = await this.findOwn(id, author);
    const { affected } = await this.posts.update(
      { id: post.id, deletedAt: IsNull() },
      { deletedAt: new Date() },
    );
    return affected === 1;
  }

  /**
   * Undoes {@link delete}.
   *
   * @returns whether the post is there again, or still; false once it is too late
   * @throws NotFoundException when there is no such post
   * @throws ForbiddenException when it is somebody else's
   */
  async restore(id: number | undefined, author: User): Promise<boolean> {
    const post = await this.findOwn(id, author);
    if (!post.deletedAt) return true;
    const lately = MoreThan(new Date(Date.now() - UNDO_MS));
    const { affected } = await this.posts.update({ id: post.id, deletedAt: lately }, { deletedAt: null });
    return affected === 1;
  }

  /** A page of posts, of all or of one author, found by one step in the index wherever the request has a cursor. */
  async page(request: PageRequest, author?: User): Promise<PostsPage> {
    const { number, before, after } = request;
    if (after !== undefined) return this.pageBack(after, number, author);
    const { newest, before: olderThan, skipping } = author ? this.ofAuthor : this.ofAll;
    const values = { author: author?.id, start: before };
    if (before !== undefined) return postsPage(await olderThan.all(values), request);
    if (number === 1) return postsPage(await newest.all(values), request);
    // A page number without a cursor was typed by hand.
    return postsPage(await skipping.all({ ...values, start: (number - 1) * PAGE_SIZE }), request);
  }

  /** Finds deleted posts too. */
  private async findOwn(id: number | undefined, author: User): Promise<Post> {
    const post = id === undefined ? null : await this.posts.findOne({ where: { id }, withDeleted: true });
    if (!post) throw new NotFoundException();
    if (post.authorId !== author.id)
      throw new ForbiddenException('Only the author can delete or restore a post.');
    return post;
  }

  /** The posts right above a page; who pages back comes from an older one, so there is always one below. */
  private async pageBack(start: number, number: number, author?: User): Promise<PostsPage> {
    const { after } = author ? this.ofAuthor : this.ofAll;
    const above = await after.all({ author: author?.id, start });
    const first = above.at(-1);
    const isFull = above.length === PAGE_SIZE && first;
    return this.page(isFull ? { number, before: first.id + 1 } : { number: 1 }, author);
  }
}
