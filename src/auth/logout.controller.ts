import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { forgetDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { Redirect, View } from '../rendering/reply';
import { SkipWriteRateLimit } from './limits/write-rate-limit.guard';
import { Public } from './public.decorator';
import { SessionsService, sessionCookie } from './sessions.service';
import { WhenFormExpired } from './when-form-expired.decorator';

@Public()
@Controller('logout')
export class LogoutController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly securityLog: SecurityLog,
  ) {}

  @Get()
  show(): View {
    return new View('logout');
  }

  @Post()
  @SkipWriteRateLimit()
  @WhenFormExpired(({ session }) => (session ? undefined : new Redirect('/login')))
  async signOut(@Req() { session }: Request): Promise<Redirect> {
    if (session) {
      await this.sessions.end(session);
      await this.securityLog.recordOnceSaved({ event: 'sign_out' });
    }
    return new Redirect('/login').withCookie(sessionCookie(undefined)).withCookie(forgetDraft);
  }
}
