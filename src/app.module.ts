import { DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module';
import { ConfigModule } from './config/config.module';
import { Environment } from './config/environment';
import { DatabaseModule } from './database/database.module';
import { ErrorMailsModule } from './error-mails/error-mails.module';
import { ErrorsModule } from './errors/errors.module';
import { FormsModule } from '@microblog/forms';
import { HealthModule } from './health/health.module';
import { LoggingModule } from './logging/logging.module';
import { MailModule } from './mail/mail.module';
import { PostsModule } from './posts/posts.module';
import { ProfileModule } from './profile/profile.module';
import { RenderingModule } from './rendering/rendering.module';
import { SubmissionsModule } from './submissions/submissions.module';
import { UsersModule } from './users/users.module';

function debugMode(environment: Environment): DynamicModule {
  const { DebugModeModule } =
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` would have to be waited for
    require('./debug-mode/debug-mode.module') as typeof import('./debug-mode/debug-mode.module');
  return DebugModeModule.forRoot(environment);
}

@Module({})
export class AppModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment),
        DatabaseModule,
        MailModule,
        LoggingModule,
        ErrorMailsModule,
        RenderingModule,
        SubmissionsModule,
        FormsModule,
        UsersModule,
        AuthModule,
        PostsModule,
        ProfileModule,
        ErrorsModule.forRoot(environment),
        HealthModule,
        // It runs code, so that without debug mode not even its files are loaded.
        ...(environment.MICROBLOG_DEBUG ? [debugMode(environment)] : []),
      ],
    };
  }
}
