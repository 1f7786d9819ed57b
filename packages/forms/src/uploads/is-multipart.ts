import type { Request } from 'express';

/** Whether a browser's form with files was sent; other multipart bodies are no forms. */
export function isMultipart(request: Request): boolean {
  return request.is('multipart/form-data') === 'multipart/form-data';
}
