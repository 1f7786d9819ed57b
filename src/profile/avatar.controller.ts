import { Controller, Get, Header, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type JdenticonConfig, toSvg } from 'jdenticon';
import { Public } from '../auth/public.decorator';

/** The size in which the picture is drawn, in pixels; an SVG is shown in any. */
const SIZE = 128;

/** Transparent, in shades that are visible on a light page and on a dark one. */
const LOOK: JdenticonConfig = {
  backColor: '#0000',
  lightness: { color: [0.45, 0.65], grayscale: [0.45, 0.65] },
};

/** To be changed with the look, here and in `views/partials/avatar.hbs`. */
const LOOK_VERSION = 2;

/** A picture made from a person's number, so that nobody outside learns who visits whom. It stays when the name changes. */
@Public()
@Controller('avatar')
export class AvatarController {
  @Get(':id.svg')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  show(@Param('id') id: string, @Res({ passthrough: true }) response: Response): string {
    if (!/^\d{1,10}$/.test(id)) throw new NotFoundException();
    response.set('ETag', `"${LOOK_VERSION}-${id}"`);
    return toSvg(`microblog user ${id}`, SIZE, LOOK);
  }
}
