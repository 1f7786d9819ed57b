import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { Environment } from '../config/environment';
import { PUBLIC_DIRECTORY } from '../config/paths';

/** Pico CSS, served from its package. */
const PICO = dirname(require.resolve('@picocss/pico/css/pico.min.css'));

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
  private readonly urls = new Map<string, { modified: number; url: string }>();

  constructor(private readonly environment: Environment) {}

  /**
   * The address of a file, with a part that changes whenever its content does, so that browsers may keep it for long. Worked out once; in
   * debug mode again after each change of the file.
   *
   * @throws Error where there is no such file
   */
  url(name: string): string {
    const known = this.urls.get(name);
    if (known && !this.environment.MICROBLOG_DEBUG) return known.url;
    const file = fileNamed(name);
    if (file === undefined) throw new Error(`There is no asset ${name}`);
    const modified = statSync(file).mtimeMs;
    if (known?.modified === modified) return known.url;
    const version = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
    const url = `${Assets.path}/${name}?v=${version}`;
    this.urls.set(name, { modified, url });
    return url;
  }

  /** Whether an address is that of a file as it is now, so that a browser may keep for ever what it gets. */
  isCurrent(address: string): boolean {
    if (this.environment.MICROBLOG_DEBUG) return false;
    const [, name] = /^\/static\/([\w.-]+)\?v=[\da-f]+$/.exec(address) ?? [];
    return name !== undefined && fileNamed(name) !== undefined && this.url(name) === address;
  }

  /** Whether one of the files is under a path, such as `/robots.txt`. */
  isAt(path: string): boolean {
    const { dir, base } = parse(path);
    if (dir === Assets.path) return fileNamed(base) !== undefined;
    return Assets.atRoot.some((asset) => asset.path === path);
  }
}

function fileNamed(name: string): string | undefined {
  return Assets.directories
    .map((directory) => join(directory, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
