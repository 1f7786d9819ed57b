import { resolve } from 'node:path';

let root = process.cwd();

/**
 * Sets the directory of the application: frames in it, outside `node_modules`, are its own code, and source is read from nowhere else.
 * Until then it is the directory in which the process was started.
 */
export function setProjectRoot(directory: string): void {
  root = resolve(directory);
}

export function projectRoot(): string {
  return root;
}
