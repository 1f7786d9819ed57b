import { Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { PostedForm } from '@microblog/forms';
import { showFormWithDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { RedirectException } from '../rendering/redirect-exception';
import { formPage } from '../rendering/form-page';
import { Redirect, View } from '../rendering/reply';
import { Session } from '../users/session.entity';
import { UsersService } from '../users/users.service';
import { AuthRateLimitGuard } from './limits/auth-rate-limit.guard';
import { HOME, LOGIN } from './paths';
import { CurrentSession } from './current-session.decorator';
import { PasswordsService } from './passwords.service';
import { Public } from './public.decorator';
import { rememberName } from './registered-name';
import { RegisterDto } from './register.dto';
import { WhenFormExpired } from './when-form-expired.decorator';

export const registerPage = formPage({ path: '/register', dto: RegisterDto, template: 'register' });

@Public()
@Controller(registerPage.path)
export class RegisterController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly securityLog: SecurityLog,
  ) {}

  @Get()
  async show(@Req() request: Request, @CurrentSession() session?: Session): Promise<View> {
    if (session) throw new RedirectException(new Redirect(HOME, 302));
    return showFormWithDraft(registerPage, request);
  }

  @Post()
  @WhenFormExpired((_request, session) => session && new Redirect(HOME))
  @UseGuards(AuthRateLimitGuard)
  async register(@PostedForm(registerPage) { username, email, password }: RegisterDto): Promise<Redirect> {
    await this.users.register({ username, email, passwordHash: await this.passwords.hash(password) });
    await this.securityLog.recordOnceSaved({ event: 'registration', username });
    return new Redirect(LOGIN)
      .withFlash('Congratulations, you are now a registered user!')
      .withCookie(rememberName(username));
  }
}
