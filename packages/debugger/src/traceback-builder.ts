import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Redactor,
  SerializedError,
  StackFrame,
  causeChain,
  collectRequest,
  projectRoot,
  redactError,
  redactRequest,
  serializeError,
  sourceExcerpt,
} from '@microblog/error-report';
import { editorUrl } from './editor-url';
import { ErrorDetails, RequestDetails } from './error-details';
import { LiveFrame, LiveFrames } from './frames/live-frames';
import { localsOf } from './frames/locals';
import { matchFrames } from './frames/match-frames';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { previewOf } from './value-inspector';
import { RecentError, RecentErrors } from './recent-errors';
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

const VS_CODE = 'vscode://file{file}:{line}:{column}';

/** Puts together what is known of an error that is being answered, and keeps its frames. */
@Injectable()
export class TracebackBuilder {
  private readonly versions: Readonly<Record<string, string>>;
  private readonly secrets: readonly string[];
  private readonly editorUrl: string;

  constructor(
    private readonly liveFrames: LiveFrames,
    private readonly recentErrors: RecentErrors,
    @Inject(DEBUGGER_OPTIONS) options: DebuggerOptions,
  ) {
    const { name, version } = options.application;
    this.versions = {
      Node: process.version,
      Nest: NEST_VERSION,
      ...(version !== undefined && { [name]: version }),
    };
    this.secrets = options.secrets ?? [];
    this.editorUrl = options.editorUrl ?? VS_CODE;
  }

  build(
    thrown: unknown,
    details: ErrorDetails,
    request: Request,
  ): RecentError & { readonly tracebacks: ErrorTracebacks } {
    const redactor = details.redactor ?? this.redactorOf(request);
    const described = details.error ?? redactError(serializeError(thrown), redactor);
    const { causes, ...error } = described;
    const recent = this.recentErrors.add();
    const chain = causeChain(thrown);
    const keepFrame = (frame: LiveFrame) => tracedLive(frame, recent, (text) => redactor.redactText(text));
    const errors = [error, ...causes].map((one, index) =>
      this.tracedError(one, this.liveFrames.of(chain[index]), keepFrame),
    );
    const traceback: Traceback = {
      id: recent.id,
      status: details.status,
      reference: details.reference,
      at: new Date(),
      errors: errors.reverse(),
      request: tracedRequest(details.request ?? redactRequest(request, redactor)),
      queries: (details.queries ?? []).map(({ sql, parameters = [], durationMs = 0 }) => ({
        sql,
        parameters: parameters.length > 0 ? previewOf(parameters) : '',
        milliseconds: durationMs,
      })),
      logLines: details.logLines ?? [],
      versions: this.versions,
      localsUnavailableReason: this.liveFrames.localsUnavailableReason,
    };
    return Object.assign(recent, { tracebacks: { traceback, shareable: shareableTraceback(traceback) } });
  }

  private redactorOf(request: Request): Redactor {
    const redactor = new Redactor(this.secrets);
    collectRequest(request, redactor);
    return redactor;
  }

  private tracedError(
    { name, message, frames, details }: Omit<SerializedError, 'causes'>,
    live: readonly LiveFrame[],
    keepFrame: KeepFrame,
  ): TracedError {
    const found = matchFrames(frames, live);
    return {
      name,
      message,
      details,
      frames: frames.map((frame, index) => this.tracedFrame(frame, found[index], keepFrame)),
    };
  }

  private tracedFrame(frame: StackFrame, live: LiveFrame | undefined, keepFrame: KeepFrame): TracedFrame {
    return {
      ...frame,
      source: sourceExcerpt(frame),
      editorUrl: this.editorUrlOf(frame),
      live: live && keepFrame(live),
    };
  }

  private editorUrlOf({ file, line, column }: StackFrame): string | undefined {
    const path = join(projectRoot(), file);
    return existsSync(path) ? editorUrl(this.editorUrl, path, line, column) : undefined;
  }
}

type KeepFrame = (frame: LiveFrame) => TracedLiveFrame;

function tracedLive(
  frame: LiveFrame,
  recent: RecentError,
  redact: (text: string) => string,
): TracedLiveFrame {
  const scopes = localsOf(frame).map(({ title, variables }) => ({
    title,
    variables: variables.map(([name, value]) => ({
      name,
      value: recent.values.inspect(value),
      masked: maskedPreview(name, value, redact),
    })),
  }));
  return { number: recent.keep(frame), scopes };
}

function tracedRequest({ method, url, headers, fields, user }: RequestDetails): TracedRequest {
  return { method, url, headers: rows(headers), fields: rows(fields), user };
}

function rows(values: object): [string, string][] {
  return Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : previewOf(value),
  ]);
}
