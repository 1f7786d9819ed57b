import { DebuggerModule } from '@microblog/debugger';
import { DynamicModule, Global, Module } from '@nestjs/common';
import { Environment } from '../config/environment';
import { DebugErrorHandler } from '../errors/debug-error-handler';
import { BrowserDebugger } from './browser-debugger';
import { DEBUGGED_PROJECT } from './debugged-project';

/** Loaded in debug mode only: the debugger runs code. */
@Global()
@Module({})
export class DebugModeModule {
  static forRoot(environment: Environment): DynamicModule {
    const { needsDebugPin, MICROBLOG_DEBUG_PIN, EDITOR_URL, secrets } = environment;
    return {
      module: DebugModeModule,
      imports: [
        DebuggerModule.forRoot({
          ...DEBUGGED_PROJECT,
          secretKey: environment.keyFor('debugger'),
          pin: needsDebugPin ? MICROBLOG_DEBUG_PIN : false,
          editorUrl: EDITOR_URL,
          secrets,
          visitorsPage: (status) => `/_errors/${status}`,
        }),
      ],
      providers: [{ provide: DebugErrorHandler, useClass: BrowserDebugger }],
      exports: [DebugErrorHandler],
    };
  }
}
