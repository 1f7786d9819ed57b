import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RedirectException } from '../rendering/redirect-exception';
import { SubmissionsService } from './submissions.service';

/**
 * Answers a form that has already had its effect with the reply that it got then. It comes before the guards that would refuse it, since
 * the first time may have ended the session, or begun another.
 */
@Injectable()
export class SubmissionGuard implements CanActivate {
  constructor(private readonly submissions: SubmissionsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const earlier = await this.submissions.earlierReply(context.switchToHttp().getRequest<Request>());
    if (earlier) throw new RedirectException(earlier);
    return true;
  }
}
