import { TracedFrame, Traceback } from '../traceback';
import { frameRuns } from './frame-runs';
import { tracebackText } from './traceback-text';
import { absenceOf, CAUSE, detailLines, hasWaited, headline, lastError, onOneLine, placeOf } from './wording';

const TITLE_LENGTH = 150;
/** The variables of a module, and of a class with very many, are seldom what is looked for. */
const SHORT_SCOPE = 12;

/** What `views/debugger/traceback.hbs` shows. */
export function tracebackView(traceback: Traceback): object {
  const last = lastError(traceback);
  const errors = traceback.errors.map((error, index) => ({
    ...error,
    headline: headline(error),
    details: detailLines(error),
    cause: index > 0 && CAUSE,
    isTheOnlyOne: traceback.errors.length === 1,
    runs: frameRuns(error.frames).map((run) =>
      'own' in run
        ? { frames: [frameView(run.own, traceback)] }
        : { label: run.label, frames: run.folded.map((frame) => frameView(frame, traceback)) },
    ),
  }));
  const { name, message } = last;
  const title = onOneLine(headline(last)).slice(0, TITLE_LENGTH).toWellFormed();
  return { ...traceback, errors, name, message, title, text: tracebackText(traceback) };
}

function frameView(frame: TracedFrame, { id, absence }: Traceback): object {
  const without = absenceOf(frame, absence);
  return {
    ...frame,
    path: frame.live && `/_debugger/errors/${encodeURIComponent(id)}/frames/${frame.live.number}`,
    place: placeOf(frame),
    waited: hasWaited(frame),
    without,
    scopes: frame.live?.scopes
      .filter(({ variables }) => variables.length > 0)
      .map((scope) => ({
        ...scope,
        isOpen: scope.variables.length <= SHORT_SCOPE && !/^module/i.test(scope.title),
      })),
    hasMore: frame.source.length > 0 || frame.live !== undefined || without !== undefined,
  };
}
