import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { Console } from './console/console';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { ValueInspector } from './value-inspector';

/** A console in the application, with `app.get(…)` and the classes of all its providers by their names. */
@Injectable()
export class ApplicationConsole {
  readonly values: ValueInspector;
  private opened?: Console;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly modules: ModulesContainer,
    @Inject(DEBUGGER_OPTIONS) { secrets }: DebuggerOptions,
  ) {
    this.values = new ValueInspector(secrets);
  }

  get console(): Console {
    this.opened ??= new Console(evaluateHere, this.values, {
      app: new Application(this.moduleRef),
      ...this.classes(),
    });
    return this.opened;
  }

  private classes(): Record<string, unknown> {
    const classes: Record<string, unknown> = {};
    for (const module of this.modules.values()) {
      for (const { metatype, name } of [...module.providers.values(), ...module.controllers.values()]) {
        // A factory's name is not that of a class.
        if (isClass(metatype) && metatype.name === name) classes[metatype.name] = metatype;
      }
    }
    return classes;
  }
}

/** What a console needs of `INestApplication`, which cannot be injected. */
class Application {
  constructor(private readonly moduleRef: ModuleRef) {}

  /** A provider of any module. */
  get(token: string | symbol | (new (...args: never[]) => unknown)): unknown {
    return this.moduleRef.get(token, { strict: false });
  }

  /** A transient or request-scoped provider. */
  resolve(token: string | symbol | (new (...args: never[]) => unknown)): Promise<unknown> {
    return this.moduleRef.resolve(token, undefined, { strict: false });
  }
}

function isClass(metatype: unknown): metatype is new (...args: never[]) => unknown {
  return (
    typeof metatype === 'function' &&
    /^class\b/.test(Function.prototype.toString.call(metatype)) &&
    /^[A-Za-z_$][\w$]*$/.test(metatype.name)
  );
}

function evaluateHere(code: string): unknown {
  // An indirect eval: what is typed sees globals, and nothing of this file.
  return (0, eval)(code);
}
