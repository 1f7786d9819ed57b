import { Named } from './wtforms-case';

/** What a case holds that JSON has no notation for, such as `{"$date": "2023-05-24"}`, as it would be written here. */
export function translated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Named;
  const tag = Object.keys(given).find((key) => key.startsWith('$'));
  if (tag === undefined) return mapped(given, translated);
  const meaning = TAGS[tag];
  if (!meaning) throw new Error(`Nobody has said what ${tag} means: ${JSON.stringify(value)}`);
  return meaning(given[tag], given);
}

const TAGS: Named<(content: unknown, all: Named) => unknown> = {
  $date: (text) => new Date(`${String(text)}T00:00:00Z`),
  // Without a zone, as forms have it: read in UTC.
  $datetime: (text) => new Date(`${String(text).replace(' ', 'T')}Z`),
  $time: (text) => String(text).replace(/^(\d+:\d+):00$/, '$1'),
  $decimal: toNumber,
  $float: toNumber,
  $int: toNumber,
  // JavaScript has no type for it.
  $uuid: (text) => text,
  $tuple: translated,
  $list: translated,
  $set: translated,
  $returns: (value) => () => translated(value),
  $fn: (words) => functionInWords(String(words)),
  $lazy: (words) => lazyText(String(words)),
  // Of a module or of a compiled expression: `search`, `Pattern.search`.
  $matcher: (name) => String(name).split('.').at(-1),
  $regex: (source, all) => regExp(source, { ...all, $regex: '' }),
};

/** The arguments of a validator, under the names that they have here. */
export function translatedArgs(args: Named): Named {
  const { flags, ...others } = args;
  const entries = Object.entries(others).map(([name, value]): [string, unknown] => {
    if (name === 'message') return [name, message(value)];
    if (name === 'regex') return [name, regExp(value, flags)];
    if (name === 'html_pattern' && typeof value === 'string')
      return ['htmlPattern', translatedPattern(value)];
    // Only of schemes, none given does not mean the usual ones.
    const isLeftOut = value === null && name !== 'schemes';
    return [inCamelCase(name), isLeftOut ? undefined : translated(value)];
  });
  return Object.fromEntries(entries);
}

/** The source of a regular expression of Python. */
export function translatedPattern(source: string): string {
  return source
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '(?<![\\s\\S])')
    .replaceAll('\\Z', '(?![\\s\\S])');
}

function inCamelCase(name: string): string {
  return name.replace(/(?<=.)_([a-z\d])/g, (_all, letter: string) => letter.toUpperCase());
}

export function mapped<T, U>(given: Named<T>, convert: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, convert(value)]));
}

/** The number of the parameter that stands for it in messages of class-validator. */
const PARAMETERS: Named<string> = {
  min: '$constraint1',
  max: '$constraint2',
  values: '$constraint1',
  other_name: '$constraint1',
  other_label: '$constraint1',
};

function message(given: unknown): unknown {
  if (typeof given !== 'string') return given === null ? undefined : translated(given);
  const withoutLength = given.replace(
    /%\((?!length\))(\w+)\)[\d.]*[a-z]/g,
    (token, name: string) => PARAMETERS[name] ?? token,
  );
  if (!withoutLength.includes('%(length)')) return withoutLength.replaceAll('%%', '%');
  // There is no parameter for it; a function knows the value.
  return ({ value }: { value: string }) =>
    withoutLength.replace(/%\(length\)[\d.]*[a-z]/g, String(Array.from(value).length));
}

function regExp(source: unknown, flags: unknown): unknown {
  if (typeof source !== 'string') return translated(source);
  const [, inline = '', rest = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(source) ?? [];
  const all = new Set([...flagsIn(flags), ...Array.from(inline)]);
  return new RegExp(translatedPattern(rest), Array.from(all).join(''));
}

/** From names such as `re.IGNORECASE`, alone or several, or from their numbers. */
function flagsIn(flags: unknown): string[] {
  if (typeof flags === 'object' && flags !== null) return Object.values(flags).flatMap(flagsIn);
  if (typeof flags === 'number') {
    return PYTHON_FLAGS.filter(({ bit }) => (flags & bit) !== 0).map(({ flag }) => flag);
  }
  const names = String(flags).split(/\W+/);
  return PYTHON_FLAGS.filter((one) => one.names.some((name) => names.includes(name))).map(({ flag }) => flag);
}

const PYTHON_FLAGS = [
  { flag: 'i', bit: 2, names: ['IGNORECASE', 'I', 'i'] },
  { flag: 'm', bit: 8, names: ['MULTILINE', 'M', 'm'] },
  { flag: 's', bit: 16, names: ['DOTALL', 'S', 's'] },
];

function toNumber(text: unknown): number {
  return Number(String(text).replace(/inf(inity)?$/i, 'Infinity'));
}

function functionInWords(words: string): unknown {
  const [, reversed, joint] = /^(reversed, )?joined with (.+)$/.exec(words) ?? [];
  if (joint !== undefined) {
    return (values: readonly unknown[]) => (reversed ? values.toReversed() : values).join(joint);
  }
  const [, before, after] = /^source with (\S+) replaced by (\S+)$/.exec(words) ?? [];
  if (before !== undefined && after !== undefined) {
    return ({ source }: RegExp) => source.replaceAll(before, after);
  }
  throw new Error(`Nobody has said what a function does that is described as: ${words}`);
}

/** A text that is made when it is needed, as class-validator has it. */
function lazyText(words: string): () => string {
  return () => {
    if (/throws|raises/.test(words)) throw new Error('The message was asked for before it was needed');
    return words;
  };
}
