import { TracedError, TracedFrame, Traceback } from '../traceback';
import { foldFrames } from './fold-frames';
import { CAUSE, detailLines, wasAwaiting, headline, indented, onOneLine, placeOf } from './traceback-format';

/** The traceback as a terminal shows it; no character in it does anything to the terminal. */
export function tracebackText(traceback: Traceback): string {
  const { request, status, reference, errors } = traceback;
  const known = reference ? `${status}, reference ${reference}` : String(status);
  const answered = onOneLine(`${request.method} ${request.url} answered ${known}`);
  return `${[answered, errors.map(errorText).join(`\n\n${CAUSE}\n\n`)].join('\n\n')}\n`;
}

function errorText(error: TracedError): string {
  const details = detailLines(error).map((line) => `    ${indented(line)}`);
  const frames = foldFrames(error.frames).map((run) =>
    'own' in run ? frameText(run.own) : `  … ${run.label}`,
  );
  return [indented(headline(error)), ...details, ...frames].join('\n');
}

function frameText(frame: TracedFrame): string {
  const place = `  at ${onOneLine(`${frame.function} (${placeOf(frame)})`)}`;
  const source = frame.source.find(({ isCurrent }) => isCurrent);
  return [
    wasAwaiting(frame) ? `${place}, which waited in an await` : place,
    ...(source ? [`      ${onOneLine(source.text)}`] : []),
  ].join('\n');
}
