import { CanActivate, ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isSafe } from '../http/safe-methods';
import { SecurityLog } from '../logging/security-log';

export class CrossSiteRequest extends ForbiddenException {
  constructor() {
    super('This was sent by a page of another site. Nothing was done.');
  }
}

/** Refuses what a page of another site sends, whatever token and cookies it brings: nobody knows how it came by them. */
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
 * Who sent the request, if that was a page of another site. A browser that knows says so in `Sec-Fetch-Site`, which no script can set; it sees
 * the address that the visitor sees, whatever a proxy makes of `Host`. Older ones, and those on sites without https, send
 * `Origin`. What is no browser sends neither.
 */
function foreignSender(request: Request): string | undefined {
  const site = request.get('Sec-Fetch-Site');
  if (site === 'same-origin') return undefined;
  if (site !== undefined && site !== 'none') return `Sec-Fetch-Site is ${site.slice(0, 20)}`;
  const origin = request.get('Origin');
  if (origin === undefined || ownOrigins(request).includes(origin)) return undefined;
  return `Origin is ${origin.slice(0, 100)}, and Host is ${request.host}`;
}

/** A proxy that speaks https need not say so, but where one does the page came over https as well. */
function ownOrigins({ secure, host }: Request): string[] {
  return secure ? [`https://${host}`] : [`http://${host}`, `https://${host}`];
}
