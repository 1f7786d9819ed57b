import { TracedFrame, TracedLiveFrame, Traceback } from '../src/traceback';

/** A frame as it is read from a stack, with what a test wants otherwise. */
export function exampleFrame(difference: Partial<TracedFrame> = {}): TracedFrame {
  return {
    function: 'PostsService.feed',
    file: 'src/posts/posts.service.ts',
    line: 12,
    column: 7,
    isOwn: true,
    isAsync: false,
    source: [
      { line: 11, text: '  feed(reader: User) {', isCurrent: false },
      { line: 12, text: '    return reader.profile.name;', isCurrent: true },
      { line: 13, text: '  }', isCurrent: false },
    ],
    editorUrl: 'vscode://file/work/src/posts/posts.service.ts:12:7',
    ...difference,
  };
}

export function exampleLiveFrame(difference: Partial<TracedLiveFrame> = {}): TracedLiveFrame {
  return {
    number: 0,
    scopes: [
      {
        title: 'feed',
        variables: [
          { name: 'reader', value: { preview: "User { username: 'susan' }", type: 'object', handle: 0 } },
          { name: 'limit', value: { preview: '25', type: 'number' } },
        ],
      },
      { title: 'Module', variables: [{ name: 'PAGE', value: { preview: '25', type: 'number' } }] },
    ],
    ...difference,
  };
}

/** A frame of a library, as most of a stack is. */
export function libraryFrame(difference: Partial<TracedFrame> = {}): TracedFrame {
  return exampleFrame({
    function: 'Layer.handle',
    file: 'node_modules/router/lib/layer.js',
    isOwn: false,
    source: [],
    editorUrl: undefined,
    ...difference,
  });
}

/** An error with a cause, and frames of every sort. */
export function exampleTraceback(difference: Partial<Traceback> = {}): Traceback {
  return {
    id: '7',
    status: 500,
    reference: 'K7Q2-9MXD',
    at: new Date('2026-11-22T08:30:00Z'),
    errors: [
      {
        name: 'TypeError',
        message: "Cannot read properties of undefined (reading 'name')",
        frames: [
          exampleFrame({ live: exampleLiveFrame() }),
          libraryFrame(),
          libraryFrame({ file: 'node:events' }),
        ],
      },
      {
        name: 'FeedError',
        message: 'The feed cannot be shown',
        details: { code: 'E_FEED' },
        frames: [
          exampleFrame({
            function: 'HomeController.show',
            file: 'src/posts/home.controller.ts',
            live: exampleLiveFrame({ number: 1 }),
          }),
          libraryFrame(),
          libraryFrame(),
          exampleFrame({ function: 'UnitOfWork.run', file: 'src/database/unit-of-work.ts', isAsync: true }),
        ],
      },
    ],
    request: {
      method: 'POST',
      url: '/index?page=2',
      headers: [
        ['host', '127.0.0.1:3000'],
        ['cookie', '[hidden]'],
      ],
      fields: [['body', 'Hello\nworld']],
      user: 'susan (1)',
    },
    queries: [{ sql: 'SELECT * FROM post WHERE author_id = ?', parameters: '[1]', milliseconds: 0.4 }],
    logLines: ['INFO [PostsService] Feed of susan', 'ERROR [ExceptionFilter] The feed cannot be shown'],
    versions: { Node: '20.20.0', Nest: '12.5.1', Example: '0.1.0' },
    ...difference,
  };
}
