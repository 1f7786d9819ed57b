import {
  TracedError,
  TracedFrame,
  TracedLiveFrame,
  TracedQuery,
  TracedRequest,
  Traceback,
} from '../traceback';
import { foldFrames } from './fold-frames';
import { codeBlock, codeSpan } from './markdown-code';
import {
  reasonWithoutLocals,
  CAUSE,
  detailLines,
  headline,
  indented,
  lastError,
  onOneLine,
  placeOf,
} from './traceback-format';

type Pairs = TracedRequest['headers'];

/** All that is known of the error as one text, for an issue or an assistant. */
export function tracebackMarkdown(traceback: Traceback): string {
  const { errors, localsUnavailableReason, request } = traceback;
  return [
    `# ${codeSpan(headline(lastError(traceback)))}`,
    factsOf(traceback),
    '## Traceback',
    'The innermost call comes first.',
    errors.map((error) => errorMarkdown(error, localsUnavailableReason)).join(`\n\n${CAUSE}\n\n`),
    '## Request',
    requestMarkdown(request),
    '## Queries',
    queriesMarkdown(traceback.queries),
    '## Log',
    blockOrNone(
      'text',
      traceback.logLines.map((line) => indented(line)),
    ),
  ].join('\n\n');
}

function factsOf({ request, status, reference, at, versions }: Traceback): string {
  const facts = [
    `Request: ${codeSpan(`${request.method} ${request.url}`)}`,
    `Status: ${status}`,
    ...(reference ? [`Reference: ${codeSpan(reference)}`] : []),
    `Time: ${at.toISOString()}`,
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${codeSpan(version)}`)
      .join(', ')}`,
  ];
  return facts.map((fact) => `- ${fact}`).join('\n');
}

function errorMarkdown(error: TracedError, localsUnavailableReason?: string): string {
  const runs = foldFrames(error.frames);
  return [
    `### ${codeSpan(headline(error))}`,
    ...(error.message.includes('\n') ? [codeBlock('text', [error.message])] : []),
    ...(error.details
      ? [
          blockOrNone(
            'text',
            detailLines(error).map((line) => indented(line)),
          ),
        ]
      : []),
    ...runs.map((run) =>
      'own' in run ? frameMarkdown(run.own, localsUnavailableReason) : `*… ${run.label}*`,
    ),
  ].join('\n\n');
}

function frameMarkdown(frame: TracedFrame, localsUnavailableReason?: string): string {
  const without = reasonWithoutLocals(frame, localsUnavailableReason);
  return [
    `#### ${codeSpan(frame.function)} at ${codeSpan(placeOf(frame))}`,
    ...(frame.source.length > 0
      ? [codeBlock(frame.file.endsWith('.hbs') ? 'handlebars' : 'ts', sourceLines(frame))]
      : []),
    ...(frame.live ? [localsMarkdown(frame.live)] : []),
    ...(without ? [onOneLine(without)] : []),
  ].join('\n\n');
}

function sourceLines({ source }: TracedFrame): string[] {
  const width = String(source.at(-1)?.line).length;
  return source.map(({ line, text, isCurrent }) =>
    `${isCurrent ? '>' : ' '} ${String(line).padStart(width)} | ${text}`.trimEnd(),
  );
}

function localsMarkdown({ scopes }: TracedLiveFrame): string {
  const lines = scopes.flatMap(({ title, variables }) => [
    ...(variables.length > 0 ? [`// ${onOneLine(title)}`] : []),
    ...variables.map(({ name, value }) => `${onOneLine(name)} = ${indented(value.preview)}`),
  ]);
  return `Variables:\n\n${blockOrNone('text', lines)}`;
}

function requestMarkdown({ headers, fields, user }: TracedRequest): string {
  return [
    `User: ${user ? codeSpan(user) : 'not signed in'}`,
    `Headers:\n\n${pairsMarkdown(headers)}`,
    `Fields:\n\n${pairsMarkdown(fields)}`,
  ].join('\n\n');
}

function pairsMarkdown(pairs: Pairs): string {
  return blockOrNone(
    'text',
    pairs.map(([name, value]) => `${onOneLine(name)}: ${indented(value)}`),
  );
}

function queriesMarkdown(queries: readonly TracedQuery[]): string {
  const blocks = queries.map(({ sql, parameters, milliseconds }) =>
    [codeBlock('sql', [sql]), `Parameters: ${codeSpan(parameters)}, ${codeSpan(`${milliseconds} ms`)}`].join(
      '\n\n',
    ),
  );
  return blocks.join('\n\n') || 'None.';
}

function blockOrNone(language: string, lines: readonly string[]): string {
  return lines.length > 0 ? codeBlock(language, lines) : 'None.';
}
