import { StackFrame } from '@microblog/error-report';
import { LiveFrame } from './live-frames';

/**
 * The live frame of each frame of a stack, undefined for those that have none. Both begin at the innermost, but an error may have been
 * made elsewhere than it was thrown, and a stack leaves out what V8 takes for its own.
 */
export function matchFrames(
  frames: readonly StackFrame[],
  live: readonly LiveFrame[],
): (LiveFrame | undefined)[] {
  let next = 0;
  return frames.map((frame) => {
    if (frame.isAsync || frame.line === 0) return undefined;
    const index = live.findIndex((candidate, position) => position >= next && isSame(frame, candidate));
    if (index < 0) return undefined;
    next = index + 1;
    return live[index];
  });
}

/** In the innermost call an error is often made on one line and thrown on another. */
function isSame(frame: StackFrame, { path, line, function: name }: LiveFrame): boolean {
  if (!path.replaceAll('\\', '/').endsWith(`/${frame.file}`)) return false;
  return frame.line === line || (name !== '' && lastPart(frame.function) === name);
}

/** V8 writes `UsersService.create` in a stack and `create` in a frame. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
