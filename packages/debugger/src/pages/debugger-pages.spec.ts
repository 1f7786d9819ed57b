import { parse } from 'node-html-parser';
import { exampleFrame, exampleLiveFrame, exampleTraceback, libraryFrame } from '../../test/traceback-example';
import { Traceback } from '../traceback';
import { DebuggerPages, PageOptions } from './debugger-pages';

const OPTIONS: PageOptions = {
  process: 'a-process',
  version: 3,
  isPosted: false,
  secret: 's3cret',
  isUnlocked: false,
  needsPin: true,
};
const HOSTILE = `--></title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>"' style=x --!><!--`;

describe('DebuggerPages', () => {
  const pages = new DebuggerPages({
    application: { name: 'Example' },
    visitorsPage: (status) => `/_errors/${status}`,
  });
  const page = (difference?: Partial<Traceback>, options = OPTIONS) => {
    const html = pages.tracebackPage(exampleTraceback(difference), options);
    return { html, document: parse(html, { blockTextElements: { script: true } }) };
  };
  const frame = (difference: Parameters<typeof exampleFrame>[0], traceback?: Partial<Traceback>) => {
    const errors = [{ name: 'Error', message: 'x', frames: [exampleFrame(difference)] }];
    return page({ errors, ...traceback }).document.querySelector('.frame');
  };

  it('has the error as title and headline', () => {
    const { document } = page();
    expect(document.querySelector('title')?.text).toBe(
      'FeedError: The feed cannot be shown // Example debugger',
    );
    expect(document.querySelector('h1')?.text).toBe('FeedError: The feed cannot be shown');
    expect(document.querySelector('meta[name="debugger-secret"]')?.getAttribute('content')).toBe('s3cret');
  });

  it('has the oldest cause first', () => {
    const { document } = page();
    expect(document.querySelectorAll('#frames h3').map(({ text }) => text.split(':', 1)[0])).toEqual([
      'TypeError',
      'FeedError',
    ]);
    expect(document.querySelector('.cause')?.text).toBe(
      'The above error was the direct cause of the following:',
    );
  });

  it('opens own frames and folds others', () => {
    const { document } = page();
    const own = document.querySelectorAll('#frames > ol > li > .frame > details');
    expect(own.map((shown) => shown.hasAttribute('open'))).toEqual([true, true, true]);
    const folded = document.querySelectorAll('.folded');
    expect(folded.map((run) => run.querySelector('summary')?.text)).toEqual([
      '2 frames of libraries and Node',
      '2 frames of libraries',
    ]);
    expect(folded.some((run) => run.hasAttribute('open'))).toBe(false);
  });

  it('shows a live frame with source, variables and a console', () => {
    const shown = frame({ live: exampleLiveFrame({ number: 3 }) }, { id: 'a/b' });
    expect(shown?.querySelector('.place')?.getAttribute('href')).toBe(
      'vscode://file/work/src/posts/posts.service.ts:12:7',
    );
    expect(shown?.querySelector('.source mark')?.text).toBe('12    return reader.profile.name;\n');
    expect(shown?.querySelectorAll('.scope').map((scope) => scope.hasAttribute('open'))).toEqual([
      true,
      false,
    ]);
    expect(shown?.querySelector('[data-name="reader"] button')?.getAttribute('data-handle')).toBe('0');
    expect(shown?.querySelector('[data-name="limit"] code')?.text).toBe('25');
    expect(shown?.querySelector('.console')?.getAttribute('data-console')).toBe(
      '/_debugger/errors/a%2Fb/frames/3',
    );
  });

  it.each([
    [
      'a frame that waited',
      { isAsync: true },
      {},
      'This function waited in an await when this was thrown, and its variables are gone. To see them, start with --inspect (nest start: --debug), set a breakpoint on this line, and repeat the request.',
    ],
    [
      'a frame where there are none at all',
      {},
      { localsUnavailableReason: 'A debugger is attached.' },
      'A debugger is attached.',
    ],
    ['a frame that was not kept', {}, {}, 'Its variables were not kept.'],
  ])('says why %s has no variables', (_of, difference, traceback, reason) => {
    const shown = frame(difference, traceback);
    expect(shown?.querySelector('.without')?.text).toBe(reason);
    expect(shown?.querySelector('.console')).toBeNull();
  });

  it('gives live frames of libraries a console too, and nothing to open to others', () => {
    const frames = [libraryFrame({ live: exampleLiveFrame() }), libraryFrame()];
    const { document } = page({ errors: [{ name: 'Error', message: 'x', frames }] });
    expect(document.querySelectorAll('.folded .frame > details .console')).toHaveLength(1);
    expect(document.querySelectorAll('.folded .frame > p')).toHaveLength(1);
  });

  it('shows the request, its queries, its log lines and the versions', () => {
    const text = page().document.querySelector('main')?.text;
    for (const part of [
      'POST /index?page=2',
      'cookie',
      '[hidden]',
      'Hello\nworld',
      'susan (1)',
      'author_id = ?',
      '[1]',
      '0.4',
      'Feed of susan',
      '12.5.1',
      'K7Q2-9MXD',
    ])
      expect(text).toContain(part);
  });

  it('says of a PIN only where one is wanted', () => {
    const isSaid = (options: PageOptions) =>
      !page({}, options).document.querySelector('#lock')?.hasAttribute('hidden');
    expect(isSaid(OPTIONS)).toBe(true);
    expect(isSaid({ ...OPTIONS, isUnlocked: true })).toBe(false);
    expect(isSaid({ ...OPTIONS, needsPin: false })).toBe(false);
  });

  it('ends with the plain text for curl', () => {
    const errors = [{ name: 'Error', message: 'i-- --> --', frames: [] }];
    const { html } = page({ errors });
    expect(html).toMatch(/<\/html>\n<!--\nPOST [^]*Error: i- - - -> - -\n\n-->\n$/);
  });

  it('escapes whatever is hostile', () => {
    const value = { preview: HOSTILE, type: HOSTILE, handle: 0 };
    const live = exampleLiveFrame({ scopes: [{ title: HOSTILE, variables: [{ name: HOSTILE, value }] }] });
    const source = [{ line: 12, text: HOSTILE, isCurrent: true }];
    const hostile = exampleFrame({ function: HOSTILE, file: HOSTILE, editorUrl: HOSTILE, source, live });
    const pairs = [[HOSTILE, HOSTILE]] as const;
    const { html, document } = page(
      {
        id: HOSTILE,
        reference: HOSTILE,
        errors: [
          { name: HOSTILE, message: HOSTILE, details: { [HOSTILE]: HOSTILE }, frames: [hostile] },
          { name: HOSTILE, message: HOSTILE, frames: [{ ...hostile, isOwn: false }, exampleFrame()] },
        ],
        request: { method: HOSTILE, url: HOSTILE, headers: pairs, fields: pairs, user: HOSTILE },
        queries: [{ sql: HOSTILE, parameters: HOSTILE, milliseconds: 1 }],
        logLines: [HOSTILE],
        versions: { Node: HOSTILE, Nest: HOSTILE, Example: HOSTILE },
        localsUnavailableReason: HOSTILE,
      },
      { ...OPTIONS, secret: HOSTILE },
    );
    const withoutComment = html.replace(/<!--(?:(?!--)[^])*-->\n$/, '');
    expect(withoutComment).not.toMatch(/<!--|<img|alert\(1\)<\/script/);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelector('.function')?.text).toBe(HOSTILE);
    expect(document.querySelector('meta[name="debugger-secret"]')?.getAttribute('content')).toBe(HOSTILE);
  });

  it.each<[string, () => string]>([
    ['traceback', () => page().html],
    ['console', () => pages.consolePage(OPTIONS)],
    ['locked', () => pages.lockedPage({ ...OPTIONS, headline: 'Console' })],
  ])('has nothing inline in the %s page', (_name, render) => {
    const html = render();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
    expect(html.match(/<script[^]*?<\/script>/g)).toEqual([
      '<script type="module" src="/_debugger/assets/debugger.js"></script>',
      '<script type="module" src="/_debugger/assets/reload.js"></script>',
    ]);
  });

  it('says in each page of which process and change it is, and whether it answers a form', () => {
    for (const isPosted of [false, true]) {
      const { document } = page({}, { ...OPTIONS, isPosted });
      const { attributes } = document.querySelector('html') ?? {};
      expect(attributes).toMatchObject({ 'data-process': 'a-process', 'data-version': '3' });
      const script = document.querySelector('script[src*="reload.js"]')?.getAttribute('src');
      expect(script).toBe(`/_debugger/assets/reload.js${isPosted ? '?posted' : ''}`);
    }
  });

  it('has a page that asks for the PIN, and tells nothing but what stands behind it', () => {
    const html = pages.lockedPage({ ...OPTIONS, headline: HOSTILE, path: '/_debugger/errors/7' });
    const document = parse(html);
    expect(document.querySelector('h1')?.text).toBe(HOSTILE);
    expect(document.querySelector('main')?.getAttribute('data-locked')).toBe('/_debugger/errors/7');
    expect(document.querySelectorAll('main button').map(({ text }) => text)).toEqual(['Enter the PIN']);
  });

  it('has a console of the application', () => {
    const document = parse(pages.consolePage(OPTIONS));
    expect(document.querySelector('title')?.text).toBe('Console // Example debugger');
    expect(document.querySelector('[data-console]')?.getAttribute('data-console')).toBe('/_debugger/console');
    expect(document.querySelector('main')?.getAttribute('data-values')).toBe('/_debugger/console/values/');
  });

  it('has text forms', () => {
    expect(pages.plainText(exampleTraceback())).toContain('FeedError: The feed cannot be shown');
    expect(pages.markdown(exampleTraceback())).toContain('# `FeedError: The feed cannot be shown`');
  });

  it.each([
    ['debugger.css', 'text/css; charset=utf-8'],
    ['debugger.js', 'text/javascript; charset=utf-8'],
  ])('has %s', (name, type) => {
    expect(pages.asset(name)).toEqual({ type, body: expect.stringContaining('debugger') as string });
  });

  it.each(['traceback.hbs', '../../package.json', 'constructor', '', 'debugger.css/'])(
    'has no asset %j',
    (name) => {
      expect(pages.asset(name)).toBeUndefined();
    },
  );
});
