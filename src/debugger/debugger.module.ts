import { Global, Module } from '@nestjs/common';
import { DeveloperTools } from '../errors/developer-tools';
import { DebuggerAccess } from './access/debugger-access';
import { ApplicationConsole } from './application-console';
import { Compilation } from './compilation/compilation';
import { Debugger } from './debugger';
import { DebuggerRoutes } from './debugger-routes';
import { LiveFrames } from './frames/live-frames';
import { KeptErrors } from './kept-errors';
import { DebuggerPages } from './pages/debugger-pages';
import { TracebackBuilder } from './traceback-builder';

/** The debugger for developers. Loaded in debug mode only: it runs code. */
@Global()
@Module({
  providers: [
    ApplicationConsole,
    Compilation,
    DebuggerAccess,
    DebuggerPages,
    DebuggerRoutes,
    KeptErrors,
    LiveFrames,
    TracebackBuilder,
    { provide: DeveloperTools, useClass: Debugger },
  ],
  exports: [DeveloperTools],
})
export class DebuggerModule {}
