import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { PUBLIC_DIRECTORY } from '../config/paths';

/** Pico CSS, served from its package. */
const PICO = dirname(require.resolve('@picocss/pico/css/pico.min.css'));

/** How long a file is taken for unchanged without another look at it: a page names seven. */
const RECHECK_MS = 500;

/** The files that the browser loads, under `/static`. */
@Injectable()
export class Assets {
  static readonly path = '/static';
  static readonly directories = [PUBLIC_DIRECTORY, PICO];
  /** What browsers and crawlers look for at the root, whatever the pages say. */
  static readonly atRoot = ['favicon.ico', 'robots.txt'].map((name) => ({
    path: `/${name}`,
    file: join(PUBLIC_DIRECTORY, name),
  }));
  private readonly versions = new Map<string, { checkedAt: number; modified: number; version: string }>();

  /** The address of a file, with a part that changes whenever its content does, so that browsers may keep it for long. */
  url(name: string): string {
    return `${Assets.path}/${name}?v=${this.version(name)}`;
  }

  /** Whether one of the files is under a path, such as `/robots.txt`. */
  isAt(path: string): boolean {
    const { dir, base } = parse(path);
    if (dir === Assets.path) return fileNamed(base) !== undefined;
    return Assets.atRoot.some((asset) => asset.path === path);
  }

  private version(name: string): string {
    const known = this.versions.get(name);
    const checkedAt = performance.now();
    if (known && checkedAt - known.checkedAt < RECHECK_MS) return known.version;
    const file = fileNamed(name);
    if (file === undefined) throw new Error(`There is no asset ${name}`);
    const modified = statSync(file).mtimeMs;
    const version =
      known?.modified === modified
        ? known.version
        : createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
    this.versions.set(name, { checkedAt, modified, version });
    return version;
  }
}

function fileNamed(name: string): string | undefined {
  return Assets.directories
    .map((directory) => join(directory, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
