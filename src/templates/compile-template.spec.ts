import Handlebars from 'handlebars';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compileTemplate } from './compile-template';
import { TemplateError } from './template-error';

const ROOT = join(__dirname, '../..');
/** What is in it does not matter. */
const FILE = join(ROOT, 'views/profile.hbs');

/** Jest has source maps of its own. Prints the stack of what each of the templates throws when it is rendered. */
const OTHER_PROCESS = `
  Error.stackTraceLimit = 50;
  const { compileTemplate } = require('./src/templates/compile-template.ts');
  const handlebars = require('handlebars').create();
  handlebars.registerHelper('fail', function failingHelper() { throw new RangeError('The helper failed'); });
  handlebars.registerPartial('inner', compileTemplate(handlebars, '{{#if a}}\\n {{fail}}{{/if}}', '/srv/views/partials/inner.hbs'));
  handlebars.registerPartial('broken', compileTemplate(handlebars, 'a\\n{{#if}', '/srv/views/partials/broken.hbs'));
  handlebars.registerPartial('layout', compileTemplate(handlebars, '<main>\\n{{> @partial-block}}</main>', '/srv/views/partials/layout.hbs'));
  console.log(JSON.stringify(JSON.parse(process.argv[1]).map((source) => {
    try {
      return compileTemplate(handlebars, source, '/srv/views/page.hbs', { preventIndent: true })({ a: 1, list: [1] });
    } catch (error) {
      return error.stack;
    }
  })));
`;

describe('compileTemplate', () => {
  const handlebars = Handlebars.create();
  const render = (source: string, data: object = {}, options = {}) =>
    compileTemplate(handlebars, source, FILE, options)(data);

  const thrownBy = (source: string, data: object = {}): Error => {
    try {
      render(source, data);
    } catch (error) {
      return error as Error;
    }
    throw new Error(`${source} was rendered`);
  };

  it('renders what Handlebars renders', () => {
    const source = '<p>{{name}}{{#each list as |item index|}}\n{{index}}{{item}}{{/each}}</p>';
    const data = { name: '<Susan>', list: ['a', 'b'] };
    expect(render(source, data)).toBe(Handlebars.compile(source)(data));
    expect(render(source, data, { noEscape: true })).toContain('<Susan>');
  });

  it('compiles when it is first needed, so that a broken template breaks itself alone', () => {
    expect(() => compileTemplate(handlebars, '{{#if}', FILE)).not.toThrow();
  });

  it.each<[string, string, number, number]>([
    ['a block that is closed as another one', '<p>\n\n  {{#iff x}}\n{{/if}}', 3, 6],
    ['a block within another one that is never closed', '{{#if a}}\n  {{#each b}}\n{{/if}}', 2, 6],
    ['a tag that is not closed', 'a\nb {{name}\nc', 2, 9],
    ['a block that is never closed', 'a\n  {{#if b}}\n{{#each c}}\n{{/each}}\n', 2, 3],
    ['a block whose end is all there is', 'a\n\n {{/if}}', 3, 2],
    ['an else without a block', '{{else}}', 1, 1],
    ['a path that leads nowhere', 'a\n {{a ../b/../c}}', 2, 6],
    ['a partial without a name', 'a\n{{> }}', 2, 5],
  ])('names the place of %s', (_what, source, line, column) => {
    const error = thrownBy(source);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error.message).toMatch(
      new RegExp(`^(?!Parse error on line).*[^\\d] \\(views/profile\\.hbs:${line}\\)$`),
    );
    const [, frame] = error.stack?.split('\n') ?? [];
    expect(frame).toBe(`    at <template> (${FILE}:${line}:${column})`);
  });

  describe('names the line of what fails when it is rendered', () => {
    const cases: [what: string, source: string, message: string, places: string[]][] = [
      ['a missing helper', 'a\n{{nohelper 1}}', 'Missing helper: "nohelper"', ['page.hbs:2']],
      ['a missing block helper', 'a\n{{#nohelper 1}}{{/nohelper}}', 'Missing helper', ['page.hbs:2']],
      [
        'a missing partial',
        '{{#if a}}\n\n {{> nope}}{{/if}}',
        'The partial nope could not be found',
        ['page.hbs:3', 'page.hbs:1'],
      ],
      ['a partial whose name is made', 'a\n{{> (lookup . "b")}}', 'could not be found', ['page.hbs:2']],
      ['a missing decorator', 'a\n{{#*nope "x"}}{{/nope}}', 'Missing decorator', ['page.hbs']],
      [
        'a helper that throws',
        'a\n{{#each list}}\n{{fail}}{{/each}}',
        'The helper failed',
        ['page.hbs:3', 'page.hbs:2'],
      ],
      [
        'a helper in a partial',
        'a\n{{> inner}}',
        'The helper failed',
        ['partials/inner.hbs:2', 'partials/inner.hbs:1', 'page.hbs:2'],
      ],
      [
        'a helper in a block of a layout',
        '{{#> layout}}\n\n{{fail}}\n{{/layout}}',
        'The helper failed',
        ['page.hbs:3', 'partials/layout.hbs:2', 'page.hbs:1'],
      ],
      ['a broken partial', 'a\n\n{{> broken}}', 'Parse error', ['partials/broken.hbs:2', 'page.hbs:3']],
    ];
    let stacks: string[];

    beforeAll(() => {
      const sources = JSON.stringify(cases.map(([, source]) => source));
      const output = execFileSync(
        process.execPath,
        [
          '--enable-source-maps',
          '--require',
          './test/support/typescript.cjs',
          '--eval',
          OTHER_PROCESS,
          sources,
        ],
        { cwd: ROOT, encoding: 'utf8' },
      );
      stacks = JSON.parse(output) as string[];
    });

    it.each(cases.map(([what], index) => [what, index] as const))('%s', (_what, index) => {
      const [, , message, places = []] = cases[index] ?? [];
      const stack = stacks[index] ?? '';
      const frames = [...stack.matchAll(/^ +at .*\/srv\/views\/(\S+?):\d+\)?$/gm)].map(([, place]) => place);
      expect(stack.split('\n    at')[0]).toContain(message);
      expect(frames.filter((frame, place) => frame !== frames[place - 1])).toEqual(
        places.map((place) => expect.stringMatching(new RegExp(`^${place}(?::\\d+)?$`)) as string),
      );
    });
  });
});
