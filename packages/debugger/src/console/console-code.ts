import { Node, Options, Pattern, Program, parse } from 'acorn';

/** What was typed into a console, made ready to be run as the body of an async function. */
export interface ConsoleCode {
  /** Assigns to the variables of the console instead of declaring them, and what the last statement comes to, to `result`. */
  readonly body: string;
  /** The variables that it declares, to be kept for what is typed next. */
  readonly declared: readonly string[];
}

/** The input is not finished: an open bracket, an open text. */
export class IncompleteCodeError extends Error {}

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
};

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Reads what was typed, with `await` and declarations, as at the top level of a module.
 *
 * @param result the name of a function that takes what the last statement comes to
 * @throws IncompleteCodeError when there is more to be typed
 * @throws SyntaxError when it is no JavaScript
 */
export function consoleCode(typed: string, result: string): ConsoleCode {
  const { source, program } = parseTyped(typed);
  const declared: string[] = [];
  const edits = program.body.flatMap((statement): Edit[] => {
    if (statement.type === 'VariableDeclaration') {
      for (const { id } of statement.declarations) declared.push(...namesIn(id));
      const parts = statement.declarations.map(({ id, init }) =>
        init ? `(${textOf(source, id)} = ${textOf(source, init)})` : `(${textOf(source, id)} = undefined)`,
      );
      return [{ start: statement.start, end: statement.end, text: `void (${parts.join(', ')});` }];
    }
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      const { name } = statement.id;
      declared.push(name);
      return [{ ...placeOf(statement), text: `${name} = ${textOf(source, statement)};` }];
    }
    return [];
  });
  const last = program.body.at(-1);
  if (last?.type === 'ExpressionStatement') {
    edits.push({ ...placeOf(last), text: `${result}(${textOf(source, last.expression)});` });
  }
  return { body: applied(source, edits), declared: [...new Set(declared)] };
}

/** An object is more often meant than a block: `{ a: 1 }`. */
function parseTyped(typed: string): { source: string; program: Program } {
  if (/^\s*\{/.test(typed) && !/;\s*$/.test(typed)) {
    try {
      const source = `(${typed}\n)`;
      return { source, program: parse(source, OPTIONS) };
    } catch {
      // Not an object, so it is a block.
    }
  }
  try {
    return { source: typed, program: parse(typed, OPTIONS) };
  } catch (error) {
    throw isIncomplete(error, typed) ? new IncompleteCodeError() : error;
  }
}

/** Whether the parser stopped at the end, where more could follow. */
function isIncomplete(error: unknown, typed: string): boolean {
  if (!(error instanceof SyntaxError)) return false;
  const { pos = 0 } = error as { pos?: number };
  return pos >= typed.trimEnd().length || /^Unterminated (?:template|comment)/.test(error.message);
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    default:
      return [];
  }
}

function textOf(source: string, { start, end }: Node): string {
  return source.slice(start, end);
}

function placeOf({ start, end }: Node): Pick<Edit, 'start' | 'end'> {
  return { start, end };
}

function applied(source: string, edits: readonly Edit[]): string {
  let text = source;
  for (const { start, end, text: added } of edits.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + added + text.slice(end);
  }
  return text;
}
