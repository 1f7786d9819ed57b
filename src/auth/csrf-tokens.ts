import { Injectable } from '@nestjs/common';
import { doubleCsrf } from 'csrf-csrf';
import type { Request, Response } from 'express';
import { Environment } from '../config/environment';

/** The token that every form carries. It belongs to one browser and one session: signing in or out makes the old ones useless. */
@Injectable()
export class CsrfTokens {
  private readonly doubleCsrf: ReturnType<typeof doubleCsrf>;

  constructor({ SECRET_KEY }: Environment) {
    this.doubleCsrf = doubleCsrf({
      getSecret: () => SECRET_KEY,
      getSessionIdentifier: ({ session }) => session?.tokenHash ?? '',
      getCsrfTokenFromRequest: ({ body }) => (body as { csrf_token?: string } | undefined)?.csrf_token,
      cookieName: 'csrf',
      cookieOptions: { sameSite: 'lax' },
    });
  }

  /** The token for a form; sets the cookie that the posted token is compared with. */
  issue(request: Request, response: Response): string {
    return this.doubleCsrf.generateCsrfToken(request, response, {
      cookieOptions: { secure: request.secure },
    });
  }

  isValid(request: Request): boolean {
    return this.doubleCsrf.validateRequest(request);
  }
}
