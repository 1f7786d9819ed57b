import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import { FormValidator, fillForm } from '@microblog/forms';
import { Session } from '../users/session.entity';
import { CurrentSession } from './current-session.decorator';
import { Public } from './public.decorator';
import { UsernameAvailabilityRateLimitGuard } from './limits/username-availability-rate-limit.guard';
import { UsernameAvailabilityDto } from './username-availability.dto';

interface UsernameAvailability {
  readonly available: boolean;
  /** For people: what a form says, or would say, next to the name. */
  readonly message: string;
}

/** Tells `public/username-availability.js` what the forms would say of a name; they ask again when they are sent. */
@Public()
@Controller('username_availability')
export class UsernameAvailabilityController {
  constructor(private readonly validator: FormValidator) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @UseGuards(UsernameAvailabilityRateLimitGuard)
  async show(@Query() query: object, @CurrentSession() session?: Session): Promise<UsernameAvailability> {
    const form = fillForm(new UsernameAvailabilityDto(session?.user.username), query);
    await this.validator.validate(form);
    if (form.isValid) return { available: true, message: 'This username is free.' };
    return { available: false, message: Object.values(form.messages()).flat().join(' ') };
  }
}
