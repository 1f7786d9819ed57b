import { TracedFrame } from '../traceback';

/** A frame of the project to read, or neighbours of libraries and Node that are shown as one. */
export type FrameRun =
  { readonly own: TracedFrame } | { readonly folded: readonly TracedFrame[]; readonly label: string };

/** The same frames in the same order, with what is not the project's folded. */
export function foldFrames(frames: readonly TracedFrame[]): FrameRun[] {
  const runs: FrameRun[] = [];
  let foreign: TracedFrame[] = [];
  const fold = () => {
    if (foreign.length > 0) runs.push({ folded: foreign, label: labelOf(foreign) });
    foreign = [];
  };
  for (const frame of frames) {
    if (frame.isOwn) {
      fold();
      runs.push({ own: frame });
    } else foreign.push(frame);
  }
  fold();
  return runs;
}

function labelOf(frames: readonly TracedFrame[]): string {
  const fromLibraries = frames.filter(({ file }) => file.startsWith('node_modules/')).length;
  const count = frames.length === 1 ? '1 frame' : `${frames.length} frames`;
  if (fromLibraries === 0) return `${count} of Node`;
  if (fromLibraries < frames.length) return `${count} of libraries and Node`;
  return `${count} of ${frames.length === 1 ? 'a library' : 'libraries'}`;
}
