import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../config/version';
import { Environment } from '../config/environment';
import { ErrorAccount } from '../errors/error-account';
import { redactedRequest, redactorFor } from '../logging/request-redaction';
import { RequestContext, requestContext } from '../logging/request-context';
import {
  SerializedError,
  StackFrame,
  causeChain,
  redactError,
  serializeError,
  sourceExcerpt,
} from '@microblog/error-report';
import { PROJECT_ROOT } from '../config/paths';
import { editorUrl } from './editor-url';
import { LiveFrame, LiveFrames } from './frames/live-frames';
import { localsOf } from './frames/locals';
import { matchedFrames } from './frames/matched-frames';
import { previewOf } from './inspected-value';
import { KeptError, KeptErrors } from './kept-errors';
import { maskedPreview } from './masked-preview';
import { NEST_VERSION } from './nest-version';
import { shareableTraceback } from './shareable-traceback';
import {
  ErrorTracebacks,
  TracedError,
  TracedFrame,
  TracedLiveFrame,
  TracedRequest,
  Traceback,
} from './traceback';

/** Puts together what is known of an error that is being answered, and keeps its frames. */
@Injectable()
export class TracebackBuilder {
  constructor(
    private readonly liveFrames: LiveFrames,
    private readonly keptErrors: KeptErrors,
    private readonly environment: Environment,
  ) {}

  /** @returns the error as it is kept from now on, with what is known of it */
  build(
    thrown: unknown,
    { status, reference }: ErrorAccount,
    request: Request,
  ): KeptError & { readonly account: ErrorTracebacks } {
    const context = requestContext() ?? new RequestContext(request);
    const redactor = redactorFor(context, this.environment);
    const { causes, ...error } = redactError(serializeError(thrown), redactor);
    const kept = this.keptErrors.add();
    const chain = causeChain(thrown);
    const keptFrame = (frame: LiveFrame) => tracedLive(frame, kept, (text) => redactor.redactText(text));
    const errors = [error, ...causes].map((described, index) =>
      this.tracedError(described, this.liveFrames.of(chain[index]), keptFrame),
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
    return Object.assign(kept, { account: { traceback, shareable: shareableTraceback(traceback) } });
  }

  private tracedError(
    { name, message, frames, details }: Omit<SerializedError, 'causes'>,
    live: readonly LiveFrame[],
    keptFrame: KeepFrame,
  ): TracedError {
    const found = matchedFrames(frames, live);
    return {
      name,
      message,
      details,
      frames: frames.map((frame, index) => this.tracedFrame(frame, found[index], keptFrame)),
    };
  }

  private tracedFrame(frame: StackFrame, live: LiveFrame | undefined, keptFrame: KeepFrame): TracedFrame {
    return {
      ...frame,
      source: sourceExcerpt(frame),
      editorUrl: this.editorUrlOf(frame),
      live: live && keptFrame(live),
    };
  }

  private editorUrlOf({ file, line, column }: StackFrame): string | undefined {
    const path = join(PROJECT_ROOT, file);
    return existsSync(path) ? editorUrl(this.environment.EDITOR_URL, path, line, column) : undefined;
  }
}

type KeepFrame = (frame: LiveFrame) => TracedLiveFrame;

function tracedLive(frame: LiveFrame, kept: KeptError, redact: (text: string) => string): TracedLiveFrame {
  const scopes = localsOf(frame).map(({ title, variables }) => ({
    title,
    variables: variables.map(([name, value]) => ({
      name,
      value: kept.values.look(value),
      masked: maskedPreview(name, value, redact),
    })),
  }));
  return { number: kept.keep(frame), scopes };
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
