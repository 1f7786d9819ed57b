import { types } from 'node:util';
import { LiveFrame } from './live-frames';

/** Variables that CommonJS and the compiler add to a module. */
const GENERATED = /^(?:exports|require|module|__filename|__dirname|arguments|_(?:[a-z_\d]+|ts_\w+)\d*)$/;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

const TITLES: Readonly<Record<string, string>> = {
  local: 'Function',
  block: 'Block',
  catch: 'Catch',
  closure: 'Function around it',
};

/** Variables that belong together, by their names. */
export interface FoundVariables {
  readonly title: string;
  readonly variables: readonly (readonly [name: string, value: unknown])[];
}

/** The variables of a frame as they are now, `this` first. The outermost function of a file is its module, as CommonJS has it. */
export function localsOf(frame: LiveFrame): FoundVariables[] {
  if (frame.path.endsWith('.hbs')) return templateData(frame);
  const self = read(frame, ['this']);
  const scopes = frame.scopes.map((scope, index) => {
    const isModule = scope.kind === 'closure' && index === frame.scopes.length - 1;
    const names = scope.names.filter((name) => isWritten(name, isModule));
    return { title: isModule ? 'Module' : (TITLES[scope.kind] ?? scope.kind), variables: read(frame, names) };
  });
  return [{ title: 'this', variables: self.filter(([, value]) => value !== undefined) }, ...scopes].filter(
    ({ variables }) => variables.length > 0,
  );
}

/** The data that a template shows. Its other variables come from Handlebars. */
function templateData(frame: LiveFrame): FoundVariables[] {
  const [[, data] = []] = read(frame, ['depth0']);
  if (typeof data !== 'object' || data === null || types.isProxy(data)) {
    return data === undefined ? [] : [{ title: 'Data of the template', variables: [['this', data]] }];
  }
  const variables = Object.entries(Object.getOwnPropertyDescriptors(data)).flatMap(
    ([name, descriptor]): [string, unknown][] =>
      descriptor.enumerable && 'value' in descriptor ? [[name, descriptor.value]] : [],
  );
  return variables.length === 0 ? [] : [{ title: 'Data of the template', variables }];
}

/** What a file imports, under the names that its source has for it: compiled, they are properties of modules. */
export function importsOf(frame: LiveFrame): Record<string, unknown> {
  const module = frame.scopes.at(-1);
  if (module?.kind !== 'closure') return {};
  const modules = read(
    frame,
    module.names.filter((name) => name.startsWith('_') && IDENTIFIER.test(name)),
  );
  const known = new Set(frame.scopes.flatMap(({ names }) => names));
  const imports: Record<string, unknown> = {};
  for (const [, value] of modules) {
    if (typeof value !== 'object' || value === null || !('__esModule' in value)) continue;
    for (const name of Object.keys(value)) {
      if (IDENTIFIER.test(name) && !known.has(name)) imports[name] = (value as Record<string, unknown>)[name];
    }
  }
  return imports;
}

function isWritten(name: string, isModule: boolean): boolean {
  return IDENTIFIER.test(name) && !(isModule ? GENERATED.test(name) : name === 'arguments');
}

/** Leaves out variables that are declared further down and have no value yet. */
function read({ evaluate }: LiveFrame, names: readonly string[]): [string, unknown][] {
  if (names.length === 0) return [];
  const readers = evaluate(`[${names.map((name) => `() => ${name}`).join(', ')}]`) as (() => unknown)[];
  return readers.flatMap((reader, index): [string, unknown][] => {
    try {
      return [[names[index] ?? '', reader()]];
    } catch {
      return [];
    }
  });
}
