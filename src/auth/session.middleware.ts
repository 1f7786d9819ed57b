import { Injectable, Logger, NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { requestContext } from '../logging/request-context';
import { isDatabaseBusy } from '@microblog/unit-of-work';
import { readCookie } from '../rendering/cookies';
import { ReplyCookie } from '../rendering/reply';
import { SubmissionsService } from '../submissions/submissions.service';
import { UsersService } from '../users/users.service';
import { CsrfTokens } from './csrf-tokens';
import { Session } from './session.entity';
import { SESSION_COOKIE, SessionsService, sessionCookie } from './sessions.service';
import { within } from '../timing/within';

declare module 'express-serve-static-core' {
  interface Request {
    /** Set where someone is signed in. */
    session?: Session;
  }
}

/** How long a page waits until the visit is recorded. */
const VISIT_TIMEOUT_MS = 50;

/** Finds the session of the request. Sets `user` and `csrf_token` for templates. */
@Injectable()
export class SessionMiddleware implements NestMiddleware {
  private readonly logger = new Logger(SessionMiddleware.name);
  private readonly visitsInFlight = new Set<number>();

  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly csrfTokens: CsrfTokens,
    private readonly submissions: SubmissionsService,
  ) {}

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    let csrfToken: string | undefined;
    response.locals.csrf_token = () => (csrfToken ??= this.csrfTokens.issue(request, response));
    let key: string | undefined;
    response.locals.submission_key = () =>
      (key ??= this.submissions.issueKey(request, response, request.session?.userId));
    const token = readCookie(request, SESSION_COOKIE);
    if (token !== undefined) {
      const now = new Date();
      const session = await this.find(token, now, response);
      if (session) {
        request.session = session;
        request.pageCookies = () => this.renew(session, token, now);
        response.locals.user = session.user;
        const context = requestContext();
        if (context) Object.assign(context, { userId: session.userId, username: session.user.username });
        // Of HEAD nobody sees anything.
        if (request.method !== 'HEAD') await this.recordVisit(session, now);
      }
    }
    next();
  }

  /** While it is not known whose page it is, no layout must claim that nobody is signed in. */
  private async find(token: string, now: Date, { locals }: Response): Promise<Session | null> {
    try {
      return await this.sessions.find(token, now);
    } catch (error) {
      locals.sessionFailure = error;
      throw error;
    }
  }

  /** Cookie and session expire together: both are extended with a page that carries the cookie. */
  private renew(session: Session, token: string, now: Date): ReplyCookie[] {
    if (!this.sessions.isHalfOver(session, now)) return [];
    void this.tryTo(() => this.sessions.extend(session, now));
    return [sessionCookie(token, session.remembered)];
  }

  /** Runs alongside the page, which does not wait long for another writer of the database. */
  private async recordVisit({ user }: Session, now: Date): Promise<void> {
    if (this.users.wasSeenRecently(user, now) || this.visitsInFlight.has(user.id)) return;
    this.visitsInFlight.add(user.id);
    const noted = this.tryTo(() => this.users.touchLastSeen(user, now)).finally(() =>
      this.visitsInFlight.delete(user.id),
    );
    await within(VISIT_TIMEOUT_MS, noted);
  }

  /** A page is still worth showing when this fails. */
  private async tryTo(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof Error && isDatabaseBusy(error))
        this.logger.warn(`The visit was not recorded: ${error.message}`);
      else this.logger.error(error);
    }
  }
}
