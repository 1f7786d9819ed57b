import {
  ArgumentsHost,
  CanActivate,
  Catch,
  ExceptionFilter,
  HttpException,
  Provider,
  Type,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { AddressInfo } from 'node:net';
import { FormInterceptor, FormPageGuard, FormsModule, postedFormPage } from '../src';

/** Shows the page of the form again, whatever has refused it. */
@Catch()
class FormFilter implements ExceptionFilter {
  async catch(error: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    const posted = status < 500 && postedFormPage<string>(http.getRequest<Request>());
    const { message } = error as Error;
    response.status(status).send(posted ? await posted.show([message]) : message);
  }
}

/**
 * Starts a Nest application with forms.
 *
 * @param guards come after the one that finds the page of the form
 */
export async function startFormApp(
  controllers: Type[],
  providers: Provider[],
  guards: Type<CanActivate>[] = [],
): Promise<{ app: NestExpressApplication; url: string }> {
  const module = await Test.createTestingModule({
    imports: [FormsModule],
    controllers,
    providers: [
      ...providers,
      { provide: APP_GUARD, useExisting: FormPageGuard },
      ...guards.map((guard) => ({ provide: APP_GUARD, useClass: guard })),
      { provide: APP_INTERCEPTOR, useExisting: FormInterceptor },
      { provide: APP_FILTER, useClass: FormFilter },
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}` };
}
