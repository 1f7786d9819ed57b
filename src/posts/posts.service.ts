import { ForbiddenException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, SelectQueryBuilder } from 'typeorm';
import { User } from '../users/user.entity';
import { PAGE_SIZE, PageRequest } from './feed';
import { Post } from './post.entity';

@Injectable()
export class PostsService {
  constructor(@InjectRepository(Post) private readonly posts: Repository<Post>) {}

  async write(author: User, body: string): Promise<void> {
    await this.posts.insert({ authorId: author.id, body, createdAt: new Date() });
  }

  /**
   * @throws NotFoundException when there is no such post
   * @throws ForbiddenException when it is somebody else's
   */
  async delete(id: number | undefined, author: User): Promise<void> {
    const post = id === undefined ? null : await this.posts.findOneBy({ id });
    if (!post) throw new NotFoundException();
    if (post.authorId !== author.id) throw new ForbiddenException('Only the author can delete a post.');
    await this.posts.delete(post.id);
  }

  /** Posts newest first, of all or of one author: a page and one more. A page with a cursor is one step in the index. */
  async find(request: PageRequest, author?: User): Promise<Post[]> {
    const query = this.posts.createQueryBuilder('post').innerJoinAndSelect('post.author', 'author');
    if (author) query.andWhere('post.authorId = :author', { author: author.id });
    if (request.after !== undefined) {
      const posts = await query
        .andWhere('post.id > :after', request)
        .orderBy('post.id', 'ASC')
        .limit(PAGE_SIZE)
        .getMany();
      // Someone who pages back has just been on an older page.
      const isFull = posts.length === PAGE_SIZE;
      return isFull
        ? this.find({ number: 1, before: (posts.at(-1)?.id ?? 0) + 1 }, author)
        : this.find({ number: 1 }, author);
    }
    this.startAt(query, request, author);
    return query
      .orderBy('post.id', 'DESC')
      .limit(PAGE_SIZE + 1)
      .getMany();
  }

  /** A page number without a cursor was typed by hand: the posts before it are counted off in the index. */
  private startAt(query: SelectQueryBuilder<Post>, { number, before }: PageRequest, author?: User): void {
    if (before !== undefined) query.andWhere('post.id < :before', { before });
    else if (number > 1) {
      const first = query
        .subQuery()
        .select('skipped.id')
        .from(Post, 'skipped')
        .orderBy('skipped.id', 'DESC')
        .limit(1)
        .offset((number - 1) * PAGE_SIZE);
      if (author) first.where('skipped.authorId = :author');
      query.andWhere(`post.id <= ${first.getQuery()}`);
    }
  }
}
