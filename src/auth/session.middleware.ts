import { Injectable, Logger, NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { requestContext } from '../logging/request-context';
import { setTimeout as sleep } from 'node:timers/promises';
import { WriteLockTimeout } from '../database/sqlite/write-lock';
import { readCookie, writeCookie } from '../rendering/cookies';
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

/** How long a page waits for the visit to be written down, in milliseconds. */
const PATIENCE = 50;

/** Finds out who is signed in, for all that follows; in templates `user` and `csrf_token`. */
@Injectable()
export class SessionMiddleware implements NestMiddleware {
  private readonly logger = new Logger(SessionMiddleware.name);
  private readonly beingNoted = new Set<number>();

  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly csrfTokens: CsrfTokens,
  ) {}

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    let csrfToken: string | undefined;
    response.locals.csrf_token = () => (csrfToken ??= this.csrfTokens.issue(request, response));
    const token = readCookie(request, SESSION_COOKIE);
    if (token !== undefined) {
      const now = new Date();
      const session = await this.find(token, now, response);
      if (session) {
        request.session = session;
        response.locals.user = session.user;
        const context = requestContext();
        if (context) context.userId = session.userId;
        await this.noteVisit(session, now, () => renewCookie(response, token, session));
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

  /**
   * Writes the visit down beside the page: a page is still worth showing when that fails, and does not wait for whoever is writing
   * to the database at the moment.
   */
  private async noteVisit(session: Session, now: Date, onProlonged: () => void): Promise<void> {
    if (this.users.isSeenLately(session.user, now) || this.beingNoted.has(session.userId)) return;
    this.beingNoted.add(session.userId);
    const noted = this.write(session, now, onProlonged).finally(() => this.beingNoted.delete(session.userId));
    await Promise.race([noted, sleep(PATIENCE, undefined, { ref: false })]);
  }

  private async write(session: Session, now: Date, onProlonged: () => void): Promise<void> {
    try {
      const isFirstInAMinute = await this.users.saw(session.user, now);
      if (isFirstInAMinute && (await this.sessions.prolong(session, now))) onProlonged();
    } catch (error) {
      if (error instanceof WriteLockTimeout)
        this.logger.warn(`The visit was not written down: ${error.message}`);
      else this.logger.error(error);
    }
  }
}

/** The next page is soon enough where this one has been sent. */
function renewCookie(response: Response, token: string, { remembered }: Session): void {
  if (!response.headersSent) writeCookie(response, sessionCookie(token, remembered));
}
