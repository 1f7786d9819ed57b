import { Controller, Get } from '@nestjs/common';
import { Redirect } from '../rendering/reply';
import { Public } from './public.decorator';

/** Where password managers look for the page to change a password (https://w3c.github.io/webappsec-change-password-url/). */
@Public()
@Controller('.well-known')
export class WellKnownController {
  @Get('change-password')
  changePassword(): Redirect {
    return new Redirect('/change_password', 302);
  }
}
