import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Request, Response } from 'express';
import { createHash, randomUUID } from 'node:crypto';
import { In, LessThan, Repository } from 'typeorm';
import { isSafe } from '../http/safe-methods';
import { PreparedQuery, UnitOfWork } from '@microblog/unit-of-work';
import { ResponseCookie, readCookie, writeCookie } from '../http/cookies';
import { Redirect } from '../rendering/reply';
import { seal, unseal } from './sealed-text';
import { SUBMISSION_KEY_FIELD, SubmissionKeys } from './submission-keys';
import { Submission } from './submission.entity';

const HOUR_MS = 60 * 60_000;
/** How long a form that was sent again gets the reply of the first time. */
const MEMORY_MS = 24 * HOUR_MS;
/** How often expired rows are deleted, and how many at a time: each delete holds the write lock of SQLite. */
const CLEANUP_INTERVAL_MS = HOUR_MS / 4;
const CLEANUP_ROWS = 500;

/** Keeps the browser apart from others, also while nobody is signed in; it lasts until the browser is closed. */
const BROWSER_COOKIE = 'browser';

interface StoredReply {
  readonly location: string;
  readonly status: 302 | 303;
  readonly cookies: readonly ResponseCookie[];
}

/** What makes two requests the same submission, and the secret that seals its reply. */
interface Identity {
  readonly id: string;
  readonly secret: string;
}

/**
 * Makes twice once. The forms of a page carry a one-time key; what is sent with it is remembered in the same unit of work as its effect. Sent again,
 * by a double click, a retry or Back, it has no second effect and gets the reply of the first. What was changed before it was sent
 * again is another submission, and so is what had failed, which leaves nothing behind.
 */
@Injectable()
export class SubmissionsService {
  private readonly logger = new Logger(SubmissionsService.name);
  private readonly identities = new WeakMap<Request, Identity>();
  /** Asked before every change. */
  private readonly byId: PreparedQuery<Submission, 'id'>;
  private cleanedAt = -CLEANUP_INTERVAL_MS;

  constructor(
    @InjectRepository(Submission) private readonly submissions: Repository<Submission>,
    private readonly keys: SubmissionKeys,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.byId = new PreparedQuery(submissions, ['id'], 'submission', (builder) =>
      builder.where('submission.id = :id'),
    );
  }

  /** A new key for the forms of a page; sets the cookie that tells the browser apart, where it has none. */
  issueKey(request: Request, response: Response, userId: number | undefined): string {
    if (readCookie(request, BROWSER_COOKIE) === undefined) {
      writeCookie(response, { name: BROWSER_COOKIE, value: randomUUID() });
    }
    return this.keys.issue(userId);
  }

  /** The reply that this very form, sent by this browser, has already got; undefined where it is new. */
  async earlierReply(request: Request): Promise<Redirect | undefined> {
    const identity = this.identify(request);
    if (!identity) return undefined;
    const found = await this.unitOfWork.outside(() => this.byId.one({ id: identity.id }));
    return found ? replyFrom(unseal(found.reply, identity.secret)) : undefined;
  }

  /** Remembers the reply, as part of the unit of work. It is refused where the same form was saved in the meantime. */
  async remember(request: Request, { location, status, cookies }: Redirect): Promise<void> {
    const identity = this.identify(request);
    if (!identity) return;
    const reply: StoredReply = { location, status: status === 302 ? 302 : 303, cookies };
    await this.submissions.insert({
      id: identity.id,
      reply: seal(JSON.stringify(reply), identity.secret),
      createdAt: new Date(),
    });
    await this.unitOfWork.afterCommit(() => void this.cleanUp());
  }

  private identify(request: Request): Identity | undefined {
    const known = this.identities.get(request);
    if (known) return known;
    const identity = this.identityOf(request);
    if (identity) this.identities.set(request, identity);
    return identity;
  }

  private identityOf(request: Request): Identity | undefined {
    if (isSafe(request)) return undefined;
    const key = this.keys.read(request.body);
    const browser = readCookie(request, BROWSER_COOKIE);
    if (!key || browser === undefined) return undefined;
    const fields = fieldsOf(request.body as object);
    if (!fields) return undefined;
    const secret = JSON.stringify([key.text, browser]);
    const id = createHash('sha256')
      .update(JSON.stringify([secret, request.originalUrl, fields]))
      .digest('hex');
    return { id, secret };
  }

  private async cleanUp(): Promise<void> {
    if (performance.now() - this.cleanedAt < CLEANUP_INTERVAL_MS) return;
    this.cleanedAt = performance.now();
    try {
      const createdAt = LessThan(new Date(Date.now() - MEMORY_MS));
      for (;;) {
        const rows = await this.submissions.find({
          where: { createdAt },
          select: { id: true },
          take: CLEANUP_ROWS,
        });
        if (rows.length === 0) return;
        await this.submissions.delete({ id: In(rows.map(({ id }) => id)) });
      }
    } catch (error) {
      this.logger.error(error);
    }
  }
}

/** What was sent, without what belongs to the page; undefined where it is no plain form. */
function fieldsOf(body: object): [string, unknown][] | undefined {
  const isText = (value: unknown) => typeof value === 'string';
  const fields = Object.entries(body).filter(
    ([name]) => name !== SUBMISSION_KEY_FIELD && name !== 'csrf_token',
  );
  const isForm = fields.every(([, value]) => isText(value) || (Array.isArray(value) && value.every(isText)));
  return isForm ? fields : undefined;
}

function replyFrom(text: string): Redirect {
  const { location, status, cookies } = JSON.parse(text) as StoredReply;
  const redirect = new Redirect(location, status);
  redirect.cookies.push(...cookies);
  return redirect;
}
