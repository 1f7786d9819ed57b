import { Body, Controller, Injectable, Module, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedInUser } from '../../src/auth/signed-in-user';
import { PostsModule } from '../../src/posts/posts.module';
import { PostsService } from '../../src/posts/posts.service';
import { Redirect, View } from '../../src/rendering/reply';
import { UsersModule } from '../../src/users/users.module';
import { UsersService } from '../../src/users/users.service';

/** Lets a test hold a handler in the middle of its transaction. */
@Injectable()
export class Gate {
  private open!: () => void;
  private arrive!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  /** Settles when a handler waits at the gate. */
  readonly reached = new Promise<void>((resolve) => (this.arrive = resolve));

  pass(): Promise<void> {
    this.arrive();
    return this.opened;
  }

  letPass(): void {
    this.open();
  }
}

/** Routes that write and then do what no route of the application does: wait, fail, or answer with something broken. */
@Controller('slow')
export class SlowPostsController {
  constructor(
    private readonly posts: PostsService,
    private readonly users: UsersService,
    private readonly gate: Gate,
  ) {}

  /** Two writes with a pause between; then it fails if it is told to. */
  @Post('profile')
  async saveProfile(@Body() body: Record<string, string>, @Req() request: Request): Promise<Redirect> {
    const user = signedInUser(request);
    await this.posts.write(user, body.about_me ?? '');
    await sleep(Number(body.pause));
    await this.users.editProfile(user, { username: user.username, aboutMe: body.about_me ?? '' });
    if (body.outcome === 'fail') throw new Error('Failed inside the transaction');
    return new Redirect('/index');
  }

  @Post('wait')
  async wait(@Body('body') body: string, @Req() request: Request): Promise<Redirect> {
    await this.posts.write(signedInUser(request), body);
    await this.gate.pass();
    return new Redirect('/index');
  }

  @Post('broken-page')
  async brokenPage(@Body('template') template: string, @Req() request: Request): Promise<View> {
    await this.posts.write(signedInUser(request), 'Not to be saved');
    return new View(template, { form: null });
  }

  @Post('server-error-page')
  async serverErrorPage(@Body('body') body: string, @Req() request: Request): Promise<View> {
    await this.posts.write(signedInUser(request), body);
    return new View('errors/5xx', {}, 500);
  }
}

@Module({
  imports: [PostsModule, UsersModule],
  controllers: [SlowPostsController],
  providers: [Gate],
})
export class SlowPostsModule {}
