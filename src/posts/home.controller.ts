import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { Request } from 'express';
import { HOME } from '../auth/paths';
import { Form, FormPage } from '@microblog/forms';
import { showFormWithDraft } from '../auth/draft';
import { View } from '../rendering/reply';
import { feedAt, pageRequest } from './feed';
import { PostDto } from './post.dto';
import { PostsService } from './posts.service';

@Injectable()
export class HomePage implements FormPage<PostDto, View> {
  readonly path = HOME;
  readonly dto = PostDto;

  constructor(private readonly posts: PostsService) {}

  create(): PostDto {
    return new PostDto();
  }

  async view(form: Form<PostDto>, { query }: Request): Promise<View> {
    return new View('home', { form, feed: feedAt(HOME, await this.posts.page(pageRequest(query))) });
  }
}

@Controller(['/', HOME])
export class HomeController {
  constructor(private readonly page: HomePage) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return showFormWithDraft(this.page, request);
  }
}
