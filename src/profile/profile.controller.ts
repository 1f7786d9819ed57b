import { Controller, Get, NotFoundException, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { feedAt, pageRequest } from '../posts/feed';
import { PostsService } from '../posts/posts.service';
import { View } from '../rendering/reply';
import { UsersService } from '../users/users.service';

@Controller('user')
export class ProfileController {
  constructor(
    private readonly users: UsersService,
    private readonly posts: PostsService,
  ) {}

  @Get(':username')
  async show(@Param('username') username: string, @Req() { query }: Request): Promise<View> {
    const person = await this.users.findByUsername(username);
    if (!person) throw new NotFoundException();
    const page = await this.posts.page(pageRequest(query), person);
    return new View('profile', { person, feed: feedAt(`/user/${person.username}`, page) });
  }
}
