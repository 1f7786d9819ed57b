import { Controller, Get, Injectable, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { FieldError, Form, FormPage, PostedForm, showForm } from '../forms';
import { Mailer } from '../mail/mailer';
import { Redirect, View } from '../rendering/reply';
import { UsersService } from '../users/users.service';
import { AuthRateLimitGuard } from './auth-rate-limit.guard';
import { ChangePasswordDto } from './change-password.dto';
import { PasswordsService } from './passwords.service';
import { SessionsService } from './sessions.service';
import { signedInUser } from './signed-in-user';

@Injectable()
export class ChangePasswordPage implements FormPage<ChangePasswordDto> {
  readonly path = '/change_password';
  readonly dto = ChangePasswordDto;

  create(): ChangePasswordDto {
    return new ChangePasswordDto();
  }

  view(form: Form<ChangePasswordDto>): View {
    return new View('change_password', { form });
  }
}

@Controller('change_password')
export class ChangePasswordController {
  constructor(
    private readonly page: ChangePasswordPage,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly mailer: Mailer,
  ) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return showForm(this.page, request);
  }

  /** Whoever is signed in with the old password is signed out, also who has a copy of this very cookie; the owner is told by mail. */
  @Post()
  @UseGuards(AuthRateLimitGuard)
  async change(
    @PostedForm(ChangePasswordPage) form: ChangePasswordDto,
    @Req() request: Request,
  ): Promise<Redirect> {
    const user = signedInUser(request);
    const isChanged =
      (await this.passwords.matches(user, form.current_password)) &&
      (await this.users.replacePasswordHash(user, await this.passwords.hash(form.password)));
    const cookie = isChanged && (await this.sessions.beginAfresh(user, request.session?.remembered === true));
    if (!cookie) throw new FieldError('current_password', 'This is not your current password.');
    await this.mailer.send({
      to: user.email,
      subject: 'Your Microblog password was changed',
      template: 'password-changed',
      data: { username: user.username },
    });
    return new Redirect('/change_password').withFlash('Your password has been changed.').withCookie(cookie);
  }
}
