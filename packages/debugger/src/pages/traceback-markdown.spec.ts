import { exampleFrame, exampleLiveFrame, exampleTraceback } from '../../test/traceback-example';
import { codeBlock, codeSpan } from './markdown-code';
import { tracebackMarkdown } from './traceback-markdown';

const HOSTILE = '``` `` ` <img src=x onerror=alert(1)>\n````\n# forged | @susan [a](b) --> ~~~\r\n\u001b[31m';

describe('codeSpan', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['one\n\ntwo', '`one two`'],
    ['', '`(empty)`'],
  ])('puts %j on a line that nothing ends', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe('codeBlock', () => {
  it('has a fence longer than all in it', () => {
    expect(codeBlock('ts', ['a ```` b'])).toBe('`````ts\na ```` b\n`````');
  });
});

describe('tracebackMarkdown', () => {
  const markdown = tracebackMarkdown(exampleTraceback());

  it.each([
    '# `FeedError: The feed cannot be shown`\n\n- Request: `POST /index?page=2`\n- Status: 500\n- Reference: `K7Q2-9MXD`',
    '- Time: 2026-11-22T08:30:00.000Z\n- Versions: Node `20.20.0`, Nest `12.5.1`, Example `0.1.0`',
    "### `TypeError: Cannot read properties of undefined (reading 'name')`",
    '#### `PostsService.feed` at `src/posts/posts.service.ts:12`\n\n```ts\n  11 |   feed(reader: User) {\n> 12 |     return reader.profile.name;\n  13 |   }\n```',
    "// feed\nreader = User { username: 'susan' }\nlimit = 25\n// Module\nPAGE = 25",
    '*… 2 frames of libraries and Node*',
    'The above error was the direct cause of the following:\n\n### `FeedError: The feed cannot be shown`\n\n```text\ncode: E_FEED\n```',
    'This function waited in an await when this was thrown, and its variables are gone. To see them, start with --inspect (nest start: --debug), set a breakpoint on this line, and repeat the request.',
    'User: `susan (1)`',
    'host: 127.0.0.1:3000\ncookie: [hidden]',
    'body: Hello\n    world',
    '```sql\nSELECT * FROM post WHERE author_id = ?\n```\n\nParameters: `[1]`, `0.4 ms`',
    'INFO [PostsService] Feed of susan\nERROR [ExceptionFilter] The feed cannot be shown',
  ])('has %j', (part) => {
    expect(markdown).toContain(part);
  });

  it('has the oldest cause first', () => {
    expect(markdown.indexOf('### `TypeError')).toBeLessThan(markdown.indexOf('### `FeedError'));
  });

  it('says why there are no variables', () => {
    const errors = [{ name: 'Error', message: 'x', frames: [exampleFrame()] }];
    expect(
      tracebackMarkdown(exampleTraceback({ errors, localsUnavailableReason: 'A debugger is attached.' })),
    ).toContain('A debugger is attached.');
    expect(tracebackMarkdown(exampleTraceback({ errors }))).toContain('Its variables were not kept.');
  });

  it('says so where there is nothing', () => {
    const request = { method: 'GET', url: '/', headers: [], fields: [] };
    const text = tracebackMarkdown(exampleTraceback({ request, queries: [], logLines: [] }));
    expect(text.match(/^(Headers:|Fields:|## Queries|## Log)\n\nNone\.$/gm)).toHaveLength(4);
    expect(text).toContain('User: not signed in');
  });

  it('leaves nothing that came from outside outside of code', () => {
    const value = { preview: HOSTILE, type: 'string' };
    const live = exampleLiveFrame({ scopes: [{ title: HOSTILE, variables: [{ name: HOSTILE, value }] }] });
    const source = [{ line: 1, text: HOSTILE, isCurrent: true }];
    const frame = exampleFrame({ function: HOSTILE, file: HOSTILE, source, live });
    const hostile = tracebackMarkdown(
      exampleTraceback({
        reference: HOSTILE,
        errors: [{ name: HOSTILE, message: HOSTILE, details: { [HOSTILE]: HOSTILE }, frames: [frame] }],
        request: {
          method: HOSTILE,
          url: HOSTILE,
          headers: [[HOSTILE, HOSTILE]],
          fields: [[HOSTILE, HOSTILE]],
          user: HOSTILE,
        },
        queries: [{ sql: HOSTILE, parameters: HOSTILE, milliseconds: 1 }],
        logLines: [HOSTILE],
        versions: { Node: HOSTILE, Nest: HOSTILE, Example: HOSTILE },
      }),
    );
    const prose = hostile
      .replace(/^(`{3,})\w+\n[^]*?\n\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(prose).not.toMatch(/[`<>|@[~]|forged|\p{Cc}(?<!\n)/u);
    expect(prose).toContain('## Log');
  });
});
