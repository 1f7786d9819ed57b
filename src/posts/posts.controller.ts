import { Body, Controller, Get, Header, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { nextPage } from '../auth/next-page';
import { HOME } from '../auth/paths';
import { SignedInUser } from '../auth/signed-in-user.decorator';
import { PostedForm } from '@microblog/forms';
import { Redirect, View } from '../rendering/reply';
import { User } from '../users/user.entity';
import { HomePage } from './home.controller';
import { PostDto } from './post.dto';
import { Post as PostEntity } from './post.entity';
import { postId } from './post-id';
import { PostsService } from './posts.service';

@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @Post()
  async write(@PostedForm(HomePage) { body }: PostDto, @SignedInUser() user: User): Promise<Redirect> {
    await this.posts.write(user, body);
    return new Redirect(HOME).withFlash('Your post is now live!');
  }

  /** A page with an address to share, or JSON for clients that prefer it. */
  @Get(':id')
  @Header('Cache-Control', 'no-store')
  @Header('Vary', 'Accept')
  async show(@Param('id') id: string, @Req() request: Request): Promise<View | object> {
    const post = await this.posts.find(postId(id));
    if (request.accepts(['html', 'json']) !== 'json') return pageOf(post);
    const { body, createdAt, author } = post;
    return { id: post.id, author: author.username, body, created_at: createdAt };
  }

  @Post(':id/delete')
  async delete(
    @Param('id') id: string,
    @Body('next') next: unknown,
    @SignedInUser() user: User,
  ): Promise<Redirect> {
    const isDone = await this.posts.delete(postId(id), user);
    const redirect = new Redirect(nextPage(next));
    return isDone
      ? redirect.withFlash('Your post has been deleted.', { label: 'Undo', path: `/posts/${id}/restore` })
      : redirect.withFlash('This post has already been deleted.');
  }

  @Post(':id/restore')
  async restore(
    @Param('id') id: string,
    @Body('next') next: unknown,
    @SignedInUser() user: User,
  ): Promise<Redirect> {
    const isThere = await this.posts.restore(postId(id), user);
    return new Redirect(nextPage(next)).withFlash(
      isThere ? 'Your post is back.' : 'It is too late to bring this post back.',
    );
  }
}

/** Once deleted there, the post has no page to return to. */
function pageOf(post: PostEntity): View {
  return new View('post', { post, title: `Post by ${post.author.username}`, leaveFor: HOME });
}
