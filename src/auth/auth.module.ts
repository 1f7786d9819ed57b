import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../mail/mail.module';
import { UsersModule } from '../users/users.module';
import { ChangePasswordController } from './change-password.controller';
import { CrossSiteGuard } from './cross-site.guard';
import { CsrfTokens } from './csrf-tokens';
import { CsrfGuard } from './csrf.guard';
import { HashQueue } from './hash-queue';
import { AttemptLimits } from './limits/attempt-limits';
import { KnownBrowsers } from './limits/known-browsers';
import { WriteRateLimitGuard } from './limits/write-rate-limit.guard';
import { LoginController, LoginPage } from './login.controller';
import { LogoutController } from './logout.controller';
import { PasswordsService } from './passwords.service';
import { RegisterController } from './register.controller';
import { Session } from '../users/session.entity';
import { SessionMiddleware } from './session.middleware';
import { SessionsService } from './sessions.service';
import { SignedInGuard } from './signed-in.guard';
import { UsernameAvailabilityController } from './username-availability.controller';
import { WellKnownController } from './well-known.controller';

@Module({
  imports: [UsersModule, MailModule, TypeOrmModule.forFeature([Session])],
  controllers: [
    RegisterController,
    LoginController,
    LogoutController,
    ChangePasswordController,
    UsernameAvailabilityController,
    WellKnownController,
  ],
  providers: [
    LoginPage,
    HashQueue,
    PasswordsService,
    SessionsService,
    SessionMiddleware,
    CrossSiteGuard,
    CsrfTokens,
    CsrfGuard,
    SignedInGuard,
    AttemptLimits,
    KnownBrowsers,
    WriteRateLimitGuard,
  ],
  exports: [SessionMiddleware, CrossSiteGuard, CsrfGuard, SignedInGuard, WriteRateLimitGuard],
})
export class AuthModule {}
