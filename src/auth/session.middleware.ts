import { Injectable, Logger, NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { requestContext } from '../logging/request-context';
import { writeCookie } from '../rendering/reply.interceptor';
import { UsersService } from '../users/users.service';
import { CsrfTokens } from './csrf-tokens';
import { Session } from './session.entity';
import { SESSION_COOKIE, SessionsService, sessionCookie } from './sessions.service';

declare module 'express-serve-static-core' {
  interface Request {
    /** Set where someone is signed in. */
    session?: Session;
  }
}

/** Finds out who is signed in, for all that follows; in templates `user` and `csrf_token`. */
@Injectable()
export class SessionMiddleware implements NestMiddleware {
  private readonly logger = new Logger(SessionMiddleware.name);

  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly csrfTokens: CsrfTokens,
  ) {}

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    let csrfToken: string | undefined;
    response.locals.csrf_token = () => (csrfToken ??= this.csrfTokens.issue(request, response));
    const token: unknown = (request.signedCookies as Record<string, unknown>)[SESSION_COOKIE];
    if (typeof token === 'string') {
      const now = new Date();
      const session = await this.find(token, now, response);
      if (session) {
        request.session = session;
        response.locals.user = session.user;
        const context = requestContext();
        if (context) context.userId = session.userId;
        await this.noteVisit(session, now, () =>
          writeCookie(response, sessionCookie(token, session.remembered)),
        );
      }
    }
    next();
  }

  /** While it is not known whose page it is, no layout must claim that nobody is signed in. */
  private async find(token: string, now: Date, { locals }: Response): Promise<Session | null> {
    locals.sessionIsUnknown = true;
    const session = await this.sessions.find(token, now);
    locals.sessionIsUnknown = false;
    return session;
  }

  /** A page is still worth showing when the visit cannot be written down. */
  private async noteVisit(session: Session, now: Date, renewCookie: () => void): Promise<void> {
    try {
      const isFirstInAMinute = await this.users.saw(session.user, now);
      if (isFirstInAMinute && (await this.sessions.prolong(session, now))) renewCookie();
    } catch (error) {
      this.logger.error(error);
    }
  }
}
