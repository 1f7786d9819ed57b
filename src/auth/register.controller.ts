import { Controller, Get, Injectable, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { Form, FormPage, PostedForm } from '@microblog/forms';
import { showFormWithDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { RedirectException } from '../rendering/redirect-exception';
import { Redirect, View } from '../rendering/reply';
import { UsersService } from '../users/users.service';
import { AuthRateLimitGuard } from './limits/auth-rate-limit.guard';
import { HOME } from './next-page';
import { PasswordsService } from './passwords.service';
import { Public } from './public.decorator';
import { rememberName } from './registered-name';
import { RegisterDto } from './register.dto';
import { WhenFormExpired } from './when-form-expired.decorator';

@Injectable()
export class RegisterPage implements FormPage<RegisterDto, View> {
  readonly path = '/register';
  readonly dto = RegisterDto;

  create(): RegisterDto {
    return new RegisterDto();
  }

  view(form: Form<RegisterDto>): View {
    return new View('register', { form });
  }
}

@Public()
@Controller('register')
export class RegisterController {
  constructor(
    private readonly page: RegisterPage,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly securityLog: SecurityLog,
  ) {}

  @Get()
  async show(@Req() request: Request): Promise<View> {
    if (request.session) throw new RedirectException(new Redirect(HOME, 302));
    return showFormWithDraft(this.page, request);
  }

  @Post()
  @WhenFormExpired(({ session }) => session && new Redirect(HOME))
  @UseGuards(AuthRateLimitGuard)
  async register(@PostedForm(RegisterPage) { username, email, password }: RegisterDto): Promise<Redirect> {
    await this.users.register({ username, email, passwordHash: await this.passwords.hash(password) });
    await this.securityLog.recordOnceSaved({ event: 'registration', username });
    return new Redirect('/login')
      .withFlash('Congratulations, you are now a registered user!')
      .withCookie(rememberName(username));
  }
}
