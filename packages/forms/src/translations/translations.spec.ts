import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { Catalogue, PluralText } from './catalogue';
import { GERMAN } from './de';
import { FRENCH } from './fr';
import { MESSAGES, SINGULARS } from './messages';

const SOURCES = join(__dirname, '..');
const KEYS = new Set<string>(MESSAGES);
const PLURALS: Readonly<Record<string, PluralText>> = SINGULARS;

describe('the table of messages', () => {
  const literals = sourceFiles().flatMap(literalsIn);

  it('has every text in the sources that reads like one', () => {
    const sentences = literals.filter((text) => /^[A-Z{][^]*[^.]\.$/.test(text));
    expect(sentences.filter((text) => !KEYS.has(text))).toEqual([]);
    expect(sentences.length).toBeGreaterThan(50);
  });

  it('has none that the sources no longer say', () => {
    const said = new Set(literals);
    expect(MESSAGES.filter((text) => !said.has(text))).toEqual([]);
  });

  it('has each of them once', () => {
    expect(KEYS.size).toBe(MESSAGES.length);
  });
});

describe.each<[string, Catalogue]>([
  ['en', SINGULARS],
  ['de', GERMAN],
  ['fr', FRENCH],
])('the translations to %s', (locale, catalogue) => {
  const entries = Object.entries(catalogue);

  it.each(entries)('has the parameters of %s', (key, text) => {
    for (const one of textsOf(text)) {
      expect(one.trim()).not.toBe('');
      expect(parametersIn(one)).toEqual(parametersIn(key));
    }
  });

  it.each(entries.filter(([, text]) => typeof text === 'object'))('has all plurals of %s', (key, text) => {
    const { by, ...forms } = text as PluralText;
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    expect(Object.keys(forms).sort()).toEqual([...pluralCategories].sort());
    // That of a count which is not written itself stands beside one that is.
    expect([...parametersIn(key), 'count']).toContain(by);
  });
});

describe.each<[string, Catalogue]>([
  ['de', GERMAN],
  ['fr', FRENCH],
])('the translations to %s', (_locale, catalogue) => {
  it('have every message', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...MESSAGES].sort());
  });

  it.each(Object.keys(PLURALS))('has a plural for %s', (key) => {
    expect(catalogue[key]).toMatchObject({ by: PLURALS[key]?.by });
  });
});

function textsOf(text: string | PluralText): string[] {
  if (typeof text === 'string') return [text];
  const { by, ...forms } = text;
  expect(by).not.toBe('');
  return Object.values(forms);
}

function parametersIn(text: string): string[] {
  return (text.match(/\{\w+\}|\$\w+/g) ?? []).map((name) => name.replace(/[{}]/g, '')).sort();
}

/** Those that say something, without the tables themselves. */
function sourceFiles(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .filter((name) => !/translations[\\/](?:messages|de|fr)\.ts$/.test(name))
    .map((name) => join(SOURCES, name));
}

/** All texts of a file; of one that is put together, with `${}` where something stands, which no table has. */
function literalsIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `\${}${literal.text}`).join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
