import { Controller, Get, Post } from '@nestjs/common';
import { forgetDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { Redirect, View } from '../rendering/reply';
import { SkipWriteRateLimit } from './limits/write-rate-limit.guard';
import { Session } from '../users/session.entity';
import { CurrentSession } from './current-session.decorator';
import { LOGIN } from './paths';
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
  @WhenFormExpired((_request, session) => (session ? undefined : new Redirect(LOGIN)))
  async signOut(@CurrentSession() session?: Session): Promise<Redirect> {
    if (session) {
      await this.sessions.end(session);
      await this.securityLog.recordOnceSaved({ event: 'sign_out' });
    }
    return new Redirect(LOGIN).withCookie(sessionCookie(undefined)).withCookie(forgetDraft);
  }
}
