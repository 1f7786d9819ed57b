import { ResponseCookie } from '../http/cookies';
import { Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { FieldError, PostedForm } from '@microblog/forms';
import { showFormWithDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { Mailer } from '../mail/mailer';
import { formPage } from '../rendering/form-page';
import { Redirect, View } from '../rendering/reply';
import { User } from '../users/user.entity';
import { UsersService } from '../users/users.service';
import { ChangePasswordDto } from './change-password.dto';
import { AttemptLimits } from './limits/attempt-limits';
import { AuthRateLimitGuard } from './limits/auth-rate-limit.guard';
import { CurrentSession } from './current-session.decorator';
import { PasswordsService } from './passwords.service';
import { Session } from '../users/session.entity';
import { SessionsService } from './sessions.service';

export const changePasswordPage = formPage({
  path: '/change_password',
  dto: ChangePasswordDto,
  template: 'change_password',
});

@Controller(changePasswordPage.path)
export class ChangePasswordController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly mailer: Mailer,
    private readonly limits: AttemptLimits,
    private readonly securityLog: SecurityLog,
  ) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return showFormWithDraft(changePasswordPage, request);
  }

  /** Ends every session that was opened with the old password, including one with a copy of this cookie, and tells the owner by mail. */
  @Post()
  @UseGuards(AuthRateLimitGuard)
  async change(
    @PostedForm(changePasswordPage) form: ChangePasswordDto,
    @CurrentSession() session: Session,
  ): Promise<Redirect> {
    await this.limits.takeCurrentPassword(session);
    const cookie = await this.changePassword(session, form);
    if (!cookie) {
      this.securityLog.record({ event: 'password_change', outcome: 'failure' });
      throw new FieldError<ChangePasswordDto>('current_password', 'This is not your current password.');
    }
    await this.tellOwner(session.user);
    await this.securityLog.recordOnceSaved({ event: 'password_change' });
    return new Redirect(changePasswordPage.path)
      .withFlash('Your password has been changed.')
      .withCookie(cookie);
  }

  /** The cookie of the session that takes the place of all others, or undefined where the current password is another one. */
  private async changePassword(
    { user, remembered }: Session,
    { current_password, password }: ChangePasswordDto,
  ): Promise<ResponseCookie | undefined> {
    if (!(await this.passwords.matches(user, current_password))) return undefined;
    // The owner is always told, so the limit on mails also limits changes.
    await this.limits.takeMail(user.email);
    const passwordHash = await this.passwords.hash(password);
    if (!(await this.users.replacePasswordHash(user, passwordHash))) return undefined;
    return this.sessions.beginAfresh(user, remembered);
  }

  private async tellOwner(user: User): Promise<void> {
    await this.mailer.send({
      to: user.email,
      subject: 'Your Microblog password was changed',
      template: 'password-changed',
      data: { username: user.username },
    });
  }
}
