import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { NextFunction, Request, Response, static as serveStatic } from 'express';
import { CrossSiteGuard } from './auth/cross-site.guard';
import { CsrfGuard } from './auth/csrf.guard';
import { WriteRateLimitGuard } from './auth/limits/write-rate-limit.guard';
import { SessionMiddleware } from './auth/session.middleware';
import { SignedInGuard } from './auth/signed-in.guard';
import { Environment } from './config/environment';
import { limitConnections } from './connection-limits';
import { isSafe } from './http/safe-methods';
import { TransactionInterceptor } from '@microblog/unit-of-work';
import { DebugErrorHandler } from './errors/debug-error-handler';
import { ExceptionFilter } from './errors/exception.filter';
import { answerForNode, refuseUnusableRequests } from './errors/unusable-requests';
import {
  BodySizeGuard,
  FormInterceptor,
  FormPageGuard,
  bodyParsers,
  readBodyAllTheSame,
} from '@microblog/forms';
import { LoggingService } from './logging/logging.service';
import { beginRequestContext } from './http/request-context';
import { securityHeaders } from './http/security-headers';
import { Assets } from './rendering/assets';
import { dropCookiesThatAreNoText, keepWhetherSecure } from './http/cookies';
import { RenderInterceptor } from './rendering/render.interceptor';
import { ReplyInterceptor } from './rendering/reply.interceptor';
import { SubmissionGuard } from './submissions/submission.guard';
import { SubmissionInterceptor } from './submissions/submission.interceptor';

/** Sets up what a request passes through, in this order. Nest's own body parser must be off. */
export function setUp(app: NestExpressApplication): NestExpressApplication {
  const environment = app.get(Environment);
  limitConnections(app.getHttpServer());
  app.set('trust proxy', environment.trustProxy);
  app.disable('x-powered-by');
  // No page is the same twice, because of its one-time key. What can be cached sets its own ETag.
  app.disable('etag');
  app.use(securityHeaders(), keepWhetherSecure, beginRequestContext, refuseUnusableRequests);
  answerForNode(app.getHttpServer(), app.get(LoggingService));
  if (environment.MICROBLOG_DEBUG) app.use(app.get(DebugErrorHandler).middleware);
  const assets = app.get(Assets);
  const setHeaders = (response: Response) => {
    // During an update another server may still have the old file, which must not be cached under the new address.
    if (assets.isCurrent(response.req.originalUrl)) {
      response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    }
  };
  for (const directory of Assets.directories) {
    app.use(Assets.path, serveStatic(directory, { index: false, redirect: false, maxAge: '1d', setHeaders }));
  }
  for (const { path, file } of Assets.atRoot) app.use(path, serveStatic(file, { maxAge: '1d' }));
  const session = app.get(SessionMiddleware);
  app.use(
    cookieParser(environment.keyFor('cookies')),
    dropCookiesThatAreNoText,
    (request: Request, response: Response, next: NextFunction) =>
      isSameForAll(request) ? next() : session.use(request, response, next),
    bodyParsers(),
    readBodyAllTheSame(),
  );
  app.useGlobalGuards(
    app.get(CrossSiteGuard),
    app.get(SubmissionGuard),
    app.get(FormPageGuard),
    app.get(SignedInGuard),
    app.get(BodySizeGuard),
    app.get(CsrfGuard),
    app.get(WriteRateLimitGuard),
  );
  app.useGlobalInterceptors(
    app.get(ReplyInterceptor),
    // Before the transaction, so that no lock is held while input is checked.
    app.get(FormInterceptor),
    app.get(TransactionInterceptor),
    app.get(SubmissionInterceptor),
    app.get(RenderInterceptor),
  );
  app.useGlobalFilters(app.get(ExceptionFilter));
  return app;
}

/** Whether the response is the same for everybody, so that no session is looked up and no cookie is set. */
function isSameForAll(request: Request): boolean {
  return isSafe(request) && /^\/(?:avatar\/\d+\.svg|healthz)$/.test(request.path);
}
