import { Controller, Get, Injectable, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { FieldError, Form, FormPage, PostedForm } from '@microblog/forms';
import { draftOwner, forgetDraft, showFormWithDraft } from './draft';
import { SecurityLog } from '../logging/security-log';
import { RedirectException } from '../rendering/redirect-exception';
import { Redirect, View } from '../rendering/reply';
import { Session } from '../users/session.entity';
import { UsersService } from '../users/users.service';
import { AttemptLimits } from './limits/attempt-limits';
import { AuthRateLimitGuard } from './limits/auth-rate-limit.guard';
import { KnownBrowsers } from './limits/known-browsers';
import { LoginDto } from './login.dto';
import { nextPage } from './next-page';
import { LOGIN } from './paths';
import { CurrentSession } from './current-session.decorator';
import { PasswordsService } from './passwords.service';
import { Public } from './public.decorator';
import { forgetName, registeredName } from './registered-name';
import { SessionsService } from './sessions.service';
import { WhenFormExpired } from './when-form-expired.decorator';

@Injectable()
export class LoginPage implements FormPage<LoginDto, View> {
  readonly path = LOGIN;
  readonly dto = LoginDto;

  create(request: Request): LoginDto {
    return Object.assign(new LoginDto(), { username: registeredName(request) ?? '' });
  }

  view(form: Form<LoginDto>, request: Request): View {
    const { query } = request;
    const next = query.next === undefined ? undefined : nextPage(query.next);
    const isDraftKept = draftOwner(request) !== undefined;
    const view = new View('login', { form, action: this.path, next, isDraftKept });
    return registeredName(request) === undefined ? view : view.withCookie(forgetName);
  }
}

@Public()
@Controller(LOGIN)
export class LoginController {
  constructor(
    private readonly page: LoginPage,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly limits: AttemptLimits,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly securityLog: SecurityLog,
  ) {}

  @Get()
  async show(@Req() request: Request, @CurrentSession() session?: Session): Promise<View> {
    if (session) throw new RedirectException(new Redirect(nextPage(request.query.next), 302));
    return showFormWithDraft(this.page, request);
  }

  @Post()
  @WhenFormExpired(({ query }, session) => session && new Redirect(nextPage(query.next)))
  @UseGuards(AuthRateLimitGuard)
  async signIn(
    @PostedForm(LoginPage) { username, password, remember_me }: LoginDto,
    @Req() request: Request,
    @CurrentSession() session?: Session,
    @Query('next') next?: unknown,
  ): Promise<Redirect> {
    await this.limits.takeGuess(request, username);
    const user = await this.passwords.authenticate(username, password);
    const cookie = user && (await this.sessions.begin(user, remember_me));
    if (!cookie) {
      await this.recordFailure(username);
      throw new FieldError(undefined, 'Invalid username or password');
    }
    if (session) await this.sessions.end(session);
    await this.securityLog.recordOnceSaved({ event: 'sign_in', userId: user.id, username });
    const redirect = new Redirect(nextPage(next))
      .withCookie(cookie)
      .withCookie(this.knownBrowsers.remember(request, username));
    // A draft that somebody else typed in this browser must not be shown to this person.
    const isOthersDraft = ![undefined, user.id].includes(draftOwner(request));
    return isOthersDraft ? redirect.withCookie(forgetDraft) : redirect;
  }

  /** An unknown name may be a password typed into the wrong field, so it is not logged. */
  private async recordFailure(typedName: string): Promise<void> {
    const user = await this.users.findByUsername(typedName);
    const reason = user ? 'wrong password' : 'nobody has this name';
    const { id: userId, username } = user ?? {};
    this.securityLog.record({ event: 'sign_in', outcome: 'failure', userId, username, reason });
  }
}
