import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { HOME, nextPage } from '../auth/next-page';
import { signedInUser } from '../auth/signed-in-user';
import { PostedForm } from '../forms';
import { Redirect } from '../rendering/reply';
import { HomePage } from './home.controller';
import { PostDto } from './post.dto';
import { postId } from './post-id';
import { PostsService } from './posts.service';

@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @Post()
  async write(@PostedForm(HomePage) { body }: PostDto, @Req() request: Request): Promise<Redirect> {
    await this.posts.write(signedInUser(request), body);
    return new Redirect(HOME).withFlash('Your post is now live!');
  }

  @Post(':id/delete')
  async delete(
    @Param('id') id: string,
    @Body('next') next: unknown,
    @Req() request: Request,
  ): Promise<Redirect> {
    await this.posts.delete(postId(id), signedInUser(request));
    return new Redirect(nextPage(next)).withFlash('Your post has been deleted.');
  }
}
