import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../config/version';
import { Environment } from '../config/environment';
import { ErrorAccount } from '../errors/error-account';
import { redactedRequest, redactedThrown, redactorFor } from '../logging/redaction/request-redaction';
import { RequestContext, requestContext } from '../logging/request-context';
import { sourceExcerpt } from '../logging/source-excerpt';
import { PROJECT_ROOT, StackFrame } from '../logging/stack-frames';
import { ThrownError, causeChain, describeThrown } from '../logging/thrown';
import { editorUrl } from './editor-url';
import { LiveFrame, LiveFrames } from './frames/live-frames';
import { localsOf } from './frames/locals';
import { matchedFrames } from './frames/matched-frames';
import { previewOf } from './inspected-value';
import { KeptError, KeptErrors } from './kept-errors';
import { NEST_VERSION } from './nest-version';
import { shareableTraceback } from './shareable-traceback';
import { TracedError, TracedFrame, TracedLiveFrame, TracedRequest, Traceback } from './traceback';

/** Puts together what is known of an error that is being answered, and keeps its frames. */
@Injectable()
export class TracebackBuilder {
  constructor(
    private readonly liveFrames: LiveFrames,
    private readonly keptErrors: KeptErrors,
    private readonly environment: Environment,
  ) {}

  /** @returns the account for the developer's own browser, and the one to be passed on */
  build(
    thrown: unknown,
    { status, reference }: ErrorAccount,
    request: Request,
  ): { traceback: Traceback; shareable: Traceback } {
    const context = requestContext() ?? new RequestContext(request);
    const redactor = redactorFor(context, this.environment);
    const { causes, ...error } = redactedThrown(describeThrown(thrown), redactor);
    const kept = this.keptErrors.add();
    const chain = causeChain(thrown);
    const errors = [error, ...causes].map((described, index) =>
      this.tracedError(described, this.liveFrames.of(chain[index]), kept),
    );
    const { queries, lines, ...seen } = redactedRequest(context, redactor);
    const traceback: Traceback = {
      id: kept.id,
      status,
      reference,
      at: new Date(),
      errors: errors.reverse(),
      request: tracedRequest(seen, request),
      queries: queries.map(({ sql, parameters, took }) => ({
        sql,
        parameters: parameters.length > 0 ? previewOf(parameters) : '',
        milliseconds: took ?? 0,
      })),
      logLines: lines,
      versions: { Node: process.version, Nest: NEST_VERSION, Microblog: VERSION },
      absence: this.liveFrames.absence,
    };
    const shareable = shareableTraceback(traceback, (text) => redactor.redactText(text));
    kept.shareable = shareable;
    return { traceback, shareable };
  }

  private tracedError(
    { name, message, frames, details }: Omit<ThrownError, 'causes'>,
    live: readonly LiveFrame[],
    kept: KeptError,
  ): TracedError {
    const found = matchedFrames(frames, live);
    return {
      name,
      message,
      details,
      frames: frames.map((frame, index) => this.tracedFrame(frame, found[index], kept)),
    };
  }

  private tracedFrame(frame: StackFrame, live: LiveFrame | undefined, kept: KeptError): TracedFrame {
    return {
      ...frame,
      source: sourceExcerpt(frame),
      editorUrl: this.editorUrlOf(frame),
      live: live && tracedLive(live, kept),
    };
  }

  private editorUrlOf({ file, line, column }: StackFrame): string | undefined {
    const path = join(PROJECT_ROOT, file);
    return existsSync(path) ? editorUrl(this.environment.EDITOR_URL, path, line, column) : undefined;
  }
}

function tracedLive(frame: LiveFrame, kept: KeptError): TracedLiveFrame {
  return { number: kept.keep(frame), scopes: localsOf(frame, kept.values) };
}

function tracedRequest(
  { method, url, headers, fields }: { method: string; url: string; headers: object; fields: object },
  { session }: Request,
): TracedRequest {
  return { method, url, headers: rows(headers), fields: rows(fields), user: session?.user.username };
}

function rows(values: object): [string, string][] {
  return Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : previewOf(value),
  ]);
}
