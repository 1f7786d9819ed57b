import { HttpException, HttpStatus } from '@nestjs/common';

/** What an error means to the client: the status, headers, and a sentence that may be shown. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Only of errors that this application threw on purpose and that are the request's fault. */
  readonly message?: string;
}

/** Anything that is not an HTTP exception of ours is a fault of the server, whatever status it claims to have. */
export function errorReply(error: unknown): ErrorReply {
  if (!(error instanceof HttpException)) return { status: HttpStatus.INTERNAL_SERVER_ERROR, headers: {} };
  const status = error.getStatus();
  const { headers = {} } = error as { headers?: Record<string, string> };
  return { status, headers, message: status < 500 ? error.message : undefined };
}
