import { Controller, Get, Injectable, Req } from '@nestjs/common';
import type { Request } from 'express';
import { HOME } from '../auth/next-page';
import { Form } from '../forms/form';
import { FormPage } from '../forms/form-page';
import { View } from '../rendering/reply';
import { feed, pageRequest } from './feed';
import { PostDto } from './post.dto';
import { PostsService } from './posts.service';

@Injectable()
export class HomePage implements FormPage<PostDto> {
  constructor(private readonly posts: PostsService) {}

  create(): PostDto {
    return new PostDto();
  }

  async view(form: Form<PostDto>, { query }: Request): Promise<View> {
    const page = pageRequest(query);
    return new View('home', { form, feed: feed(await this.posts.find(page), page, HOME) });
  }
}

@Controller(['/', HOME])
export class HomeController {
  constructor(private readonly page: HomePage) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return this.page.view(new Form(this.page.create()), request);
  }
}
