import { TracedFrame, Traceback } from '../traceback';
import { foldFrames } from './fold-frames';
import { tracebackText } from './traceback-text';
import {
  reasonWithoutLocals,
  CAUSE,
  detailLines,
  wasAwaiting,
  headline,
  lastError,
  onOneLine,
  placeOf,
} from './traceback-format';

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
    runs: foldFrames(error.frames).map((run) =>
      'own' in run
        ? { frames: [frameView(run.own, traceback)] }
        : { label: run.label, frames: run.folded.map((frame) => frameView(frame, traceback)) },
    ),
  }));
  const { name, message } = last;
  const title = onOneLine(headline(last)).slice(0, TITLE_LENGTH).toWellFormed();
  return { ...traceback, errors, name, message, title, text: tracebackText(traceback) };
}

function frameView(frame: TracedFrame, { id, localsUnavailableReason }: Traceback): object {
  const without = reasonWithoutLocals(frame, localsUnavailableReason);
  return {
    ...frame,
    path: frame.live && `/_debugger/errors/${encodeURIComponent(id)}/frames/${frame.live.number}`,
    place: placeOf(frame),
    waited: wasAwaiting(frame),
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
