import { Injectable } from '@nestjs/common';
import { doubleCsrf } from 'csrf-csrf';
import type { Request, Response } from 'express';
import { Environment } from '../config/environment';
import { cookieName } from '../rendering/cookies';

/** The token that every form carries. It belongs to one browser and one session: signing in or out makes the old ones useless. */
@Injectable()
export class CsrfTokens {
  private readonly overHttp: DoubleCsrf;
  private readonly overHttps: DoubleCsrf;

  constructor(environment: Environment) {
    const secret = environment.keyFor('csrf');
    this.overHttp = tokensWith(secret, false);
    this.overHttps = tokensWith(secret, true);
  }

  /** The token for a form; sets the cookie that the posted token is compared with. */
  issue(request: Request, response: Response): string {
    return this.for(request).generateCsrfToken(request, response);
  }

  isValid(request: Request): boolean {
    return this.for(request).validateRequest(request);
  }

  private for({ secure }: Request): DoubleCsrf {
    return secure ? this.overHttps : this.overHttp;
  }
}

type DoubleCsrf = ReturnType<typeof doubleCsrf>;

function tokensWith(secret: string, isSecure: boolean): DoubleCsrf {
  return doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: ({ session }) => session?.tokenHash ?? '',
    getCsrfTokenFromRequest: ({ body }) => (body as { csrf_token?: string } | undefined)?.csrf_token,
    cookieName: cookieName('csrf', isSecure),
    cookieOptions: { sameSite: 'lax', secure: isSecure },
  });
}
