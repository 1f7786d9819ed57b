import { Injectable, Logger, NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RequestContext, contextOf } from '../http/request-context';
import { isDatabaseBusy } from '@microblog/unit-of-work';
import { ResponseCookie, readCookie } from '../http/cookies';
import { SubmissionsService } from '../submissions/submissions.service';
import { UsersService } from '../users/users.service';
import { CsrfTokens } from './csrf-tokens';
import { Session } from '../users/session.entity';
import { SESSION_COOKIE, SessionsService, sessionCookie } from './sessions.service';
import { within } from '../timing/within';

/** How long a page waits until the visit is recorded. */
const VISIT_TIMEOUT_MS = 50;

/** Finds the session of the request, and sets what its pages need of it in the request's context. */
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
    const context = contextOf(request);
    let csrfToken: string | undefined;
    context.csrfToken = () => (csrfToken ??= this.csrfTokens.issue(request, response));
    let key: string | undefined;
    context.submissionKey = () => (key ??= this.submissions.issueKey(request, response, context.userId));
    const token = readCookie(request, SESSION_COOKIE);
    if (token !== undefined) {
      const now = new Date();
      const session = await this.find(token, now, context);
      if (session) {
        context.session = session;
        context.pageCookies = () => this.renew(session, token, now);
        // A HEAD request is not a visit.
        if (request.method !== 'HEAD') await this.recordVisit(session, now);
      }
    }
    next();
  }

  /** If the session cannot be read, the error page must not claim that nobody is signed in. */
  private async find(token: string, now: Date, context: RequestContext): Promise<Session | null> {
    try {
      return await this.sessions.find(token, now);
    } catch (error) {
      context.sessionFailure = error as Error;
      throw error;
    }
  }

  /** Cookie and session expire together: both are extended with a page that carries the cookie. */
  private renew(session: Session, token: string, now: Date): ResponseCookie[] {
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
