import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { forgetDraft } from '../forms';
import { Redirect, View } from '../rendering/reply';
import { Public } from './public.decorator';
import { SessionsService, sessionCookie } from './sessions.service';
import { WhenFormExpired } from './when-form-expired.decorator';

@Public()
@Controller('logout')
export class LogoutController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  show(): View {
    return new View('logout');
  }

  @Post()
  @WhenFormExpired(({ session }) => (session ? undefined : new Redirect('/login')))
  async signOut(@Req() { session }: Request): Promise<Redirect> {
    if (session) await this.sessions.end(session);
    return new Redirect('/login').withCookie(sessionCookie(undefined)).withCookie(forgetDraft);
  }
}
