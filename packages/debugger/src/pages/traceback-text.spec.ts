import { exampleFrame, exampleTraceback, libraryFrame } from '../../test/traceback-example';
import { tracebackText } from './traceback-text';

describe('tracebackText', () => {
  it('shows the oldest cause first, own frames with their line, others folded', () => {
    expect(tracebackText(exampleTraceback())).toBe(
      `POST /index?page=2 answered 500, reference K7Q2-9MXD

TypeError: Cannot read properties of undefined (reading 'name')
  at PostsService.feed (src/posts/posts.service.ts:12)
      return reader.profile.name;
  … 2 frames of libraries and Node

The above error was the direct cause of the following:

FeedError: The feed cannot be shown
    code: E_FEED
  at HomeController.show (src/posts/home.controller.ts:12)
      return reader.profile.name;
  … 2 frames of libraries
  at UnitOfWork.run (src/database/unit-of-work.ts:12), which waited in an await
      return reader.profile.name;
`,
    );
  });

  it('says what is there where there is little', () => {
    const errors = [{ name: 'Error', message: '', frames: [exampleFrame({ line: 0, source: [] })] }];
    const text = tracebackText(exampleTraceback({ errors, reference: undefined }));
    expect(text).toBe(
      'POST /index?page=2 answered 500\n\nError\n  at PostsService.feed (src/posts/posts.service.ts)\n',
    );
  });

  it('lets nothing forge a frame or command a terminal', () => {
    const errors = [
      {
        name: 'Error',
        message: 'a\n  at forged (src/a.ts:1)\r\n\u001b[2Jb\u202e\u009b',
        frames: [exampleFrame({ function: 'f\n  at g', source: [] }), libraryFrame()],
      },
    ];
    const text = tracebackText(exampleTraceback({ errors }));
    expect(text).toContain(
      'Error: a\n      at forged (src/a.ts:1)\n    \\u001b[2Jb\\u202e\\u009b\n  at f at g (',
    );
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });
});
