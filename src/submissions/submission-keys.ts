import { Injectable } from '@nestjs/common';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Environment } from '../config/environment';

/** The field of a form that carries its key. */
export const SUBMISSION_KEY_FIELD = 'submission_key';

/** What a valid key says of the form that it came with. */
export interface SubmissionKey {
  /** The whole key. */
  readonly text: string;
  /** Who was signed in when the form was made, or undefined where nobody was. */
  readonly userId: number | undefined;
}

/** The one-time keys of forms: a random UUID and who the form was made for, signed. */
@Injectable()
export class SubmissionKeys {
  readonly #secret: string;

  constructor(environment: Environment) {
    this.#secret = environment.keyFor('submissions');
  }

  issue(userId: number | undefined): string {
    // Node keeps random numbers for UUIDs in stock; `randomBytes` asks the system each time, which took 5 % of a page.
    const content = `${randomUUID()}.${userId ?? ''}`;
    return `${content}.${this.signatureOf(content)}`;
  }

  /** The key in a posted body, or undefined where there is none, or one that this site did not make. */
  read(body: unknown): SubmissionKey | undefined {
    const text = (body as Record<string, unknown> | undefined)?.[SUBMISSION_KEY_FIELD];
    if (typeof text !== 'string') return undefined;
    const [, content, id, signature] = /^([\w-]{36}\.(\d{0,15}))\.([\w-]{43})$/.exec(text) ?? [];
    if (content === undefined || signature === undefined) return undefined;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(this.signatureOf(content)))) return undefined;
    return { text, userId: id ? Number(id) : undefined };
  }

  private signatureOf(content: string): string {
    return createHmac('sha256', this.#secret).update(content).digest('base64url');
  }
}
