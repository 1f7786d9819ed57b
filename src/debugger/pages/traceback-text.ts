import { TracedError, TracedFrame, Traceback } from '../traceback';
import { frameRuns } from './frame-runs';
import { CAUSE, detailLines, hasWaited, headline, indented, onOneLine, placeOf } from './wording';

/** The traceback as a terminal shows it; no character in it does anything to the terminal. */
export function tracebackText(traceback: Traceback): string {
  const { request, status, reference, errors } = traceback;
  const known = reference ? `${status}, reference ${reference}` : String(status);
  const answered = onOneLine(`${request.method} ${request.url} answered ${known}`);
  return `${[answered, errors.map(errorText).join(`\n\n${CAUSE}\n\n`)].join('\n\n')}\n`;
}

function errorText(error: TracedError): string {
  const details = detailLines(error).map((line) => `    ${indented(line)}`);
  const frames = frameRuns(error.frames).map((run) =>
    'own' in run ? frameText(run.own) : `  … ${run.label}`,
  );
  return [indented(headline(error)), ...details, ...frames].join('\n');
}

function frameText(frame: TracedFrame): string {
  const place = `  at ${onOneLine(`${frame.function} (${placeOf(frame)})`)}`;
  const source = frame.source.find(({ isCurrent }) => isCurrent);
  return [
    hasWaited(frame) ? `${place}, which waited in an await` : place,
    ...(source ? [`      ${onOneLine(source.text)}`] : []),
  ].join('\n');
}
