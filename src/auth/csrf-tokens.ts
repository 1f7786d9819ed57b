import { Injectable } from '@nestjs/common';
import { doubleCsrf } from 'csrf-csrf';
import type { Request, Response } from 'express';
import { Environment } from '../config/environment';
import { cookieName } from '../http/cookies';
import { contextOf } from '../http/request-context';

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

  /** Whether the form was made here while nobody was signed in, as in a tab that was open before the sign-in. */
  isFromBeforeSignIn(request: Request): boolean {
    const cookies = { [cookieName('csrf', request.secure)]: tokenIn(request) };
    // The request context belongs to the object, so this copy has one without a session.
    const before = Object.create(request, { cookies: { value: cookies } }) as Request;
    return this.isValid(before);
  }

  private for({ secure }: Request): DoubleCsrf {
    return secure ? this.overHttps : this.overHttp;
  }
}

type DoubleCsrf = ReturnType<typeof doubleCsrf>;

/** A form sends it as a field; a program may send it in a header beside its JSON. */
function tokenIn(request: Request): string | undefined {
  const { csrf_token: field } = (request.body ?? {}) as { csrf_token?: string };
  return field ?? request.get('X-CSRF-Token');
}

function tokensWith(secret: string, isSecure: boolean): DoubleCsrf {
  return doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (request) => contextOf(request).session?.tokenHash ?? '',
    getCsrfTokenFromRequest: tokenIn,
    cookieName: cookieName('csrf', isSecure),
    cookieOptions: { sameSite: 'lax', secure: isSecure },
  });
}
