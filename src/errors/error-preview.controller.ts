import { Controller, Get, HttpException, NotFoundException, Param } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { Public } from '../auth/public.decorator';

/** Thrown only to preview its page, so the debugger leaves it alone. */
export class PreviewedError extends HttpException {}

/** Shows each error page as it will look; in debug mode only. */
@Public()
@Controller('_errors')
export class ErrorPreviewController {
  @Get(':status')
  show(@Param('status') text: string): never {
    const status = Number(text);
    const title = STATUS_CODES[status];
    if (!/^[45]\d\d$/.test(text) || !title) throw new NotFoundException();
    const headers = {
      ...(status === 405 && { Allow: 'GET, HEAD' }),
      ...(status === 429 && { 'Retry-After': '60' }),
    };
    throw Object.assign(new PreviewedError(title, status), { headers });
  }
}
