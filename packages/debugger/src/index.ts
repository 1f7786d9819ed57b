export { DebugResponse, DebuggerService } from './debugger.service';
export { DebuggerModule } from './debugger.module';
export { ErrorDetails, QueryDetails, RequestDetails } from './error-details';
export { DebuggerOptions } from './options';
export { StartFailureOptions, StartFailureServer } from './start-failure/start-failure-server';
export { useDebugger } from './use-debugger';
