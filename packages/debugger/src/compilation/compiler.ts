import { Logger } from '@nestjs/common';
import type { Options, transformFile as TransformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@microblog/error-report';
import { CompileFailure, compileFailure } from './compile-failure';

/** Says whether a file compiles, with the project's own options, and throws the result away. */
export class Compiler {
  private constructor(private readonly transformFile: typeof TransformFile) {}

  /** Undefined where SWC is not installed, as it is only for development; says so. */
  static async load(): Promise<Compiler | undefined> {
    try {
      const { transformFile } = await import('@swc/core');
      return new Compiler(transformFile);
    } catch (error) {
      const reason = (error as Error).message.split('\n', 1)[0];
      new Logger('Debugger').warn(
        `What does not compile is not shown in the browser, without SWC: ${reason}`,
      );
      return undefined;
    }
  }

  /**
   * @param name what the developer calls the file
   * @returns undefined when it compiles, or is no longer there
   */
  async failureOf(path: string, name: string): Promise<CompileFailure | undefined> {
    try {
      await this.transformFile(path, { ...swcOptions(), sourceMaps: false });
      return undefined;
    } catch (error) {
      return existsSync(path) ? compileFailure(error, name) : undefined;
    }
  }
}

function swcOptions(): Options {
  const configFile = join(projectRoot(), '.swcrc');
  if (existsSync(configFile)) return { configFile };
  return {
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  };
}
