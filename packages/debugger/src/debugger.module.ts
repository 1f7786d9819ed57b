import { DynamicModule, Module } from '@nestjs/common';
import { DebuggerAccess } from './access/debugger-access';
import { ApplicationConsole } from './application-console';
import { Compilation } from './compilation/compilation';
import { DebuggerRoutes } from './debugger-routes';
import { DebuggerService } from './debugger.service';
import { LiveFrames } from './frames/live-frames';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { DebuggerPages } from './pages/debugger-pages';
import { RecentErrors } from './recent-errors';
import { TracebackBuilder } from './traceback-builder';

/** The debugger for developers. It runs code: import it in development only. */
@Module({})
export class DebuggerModule {
  static forRoot(options: DebuggerOptions): DynamicModule {
    return {
      module: DebuggerModule,
      global: true,
      providers: [
        { provide: DEBUGGER_OPTIONS, useValue: options },
        ApplicationConsole,
        Compilation,
        DebuggerAccess,
        DebuggerPages,
        DebuggerRoutes,
        DebuggerService,
        LiveFrames,
        RecentErrors,
        TracebackBuilder,
      ],
      exports: [DebuggerService],
    };
  }
}
