import { CanActivate, ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isSafe } from '../http/safe-methods';
import { SecurityLog } from '../logging/security-log';

export class CrossSiteRequest extends ForbiddenException {
  constructor() {
    super('This was sent by a page of another site. Nothing was done.');
  }
}

/** Refuses requests sent by a page of another site, even with a valid token and cookies: they may have been stolen. */
@Injectable()
export class CrossSiteGuard implements CanActivate {
  constructor(private readonly securityLog: SecurityLog) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const reason = isSafe(request) ? undefined : foreignSender(request);
    if (reason === undefined) return true;
    this.securityLog.record({ event: 'cross_site_request', outcome: 'refused', reason });
    throw new CrossSiteRequest();
  }
}

/**
 * Who sent the request, if it was a page of another site. Current browsers tell in `Sec-Fetch-Site`, which no script can set and which does
 * not depend on what a proxy makes of `Host`. Older ones, and those on sites without https, send `Origin`. Clients that are not browsers send
 * neither.
 */
function foreignSender(request: Request): string | undefined {
  const site = request.get('Sec-Fetch-Site');
  if (site === 'same-origin') return undefined;
  if (site !== undefined && site !== 'none') return `Sec-Fetch-Site is ${site.slice(0, 20)}`;
  const origin = request.get('Origin');
  if (origin === undefined || ownOrigins(request).includes(origin)) return undefined;
  return `Origin is ${origin.slice(0, 100)}, and Host is ${request.host}`;
}

/** A proxy that terminates https may not say so, in which case both schemes are possible. */
function ownOrigins({ secure, host }: Request): string[] {
  return secure ? [`https://${host}`] : [`http://${host}`, `https://${host}`];
}
