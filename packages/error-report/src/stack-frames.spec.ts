import { join } from 'node:path';
import { setProjectRoot } from './project-root';
import { callerFrame, parseStack } from './stack-frames';

const frame = (line: string) => parseStack(`Error: no\n    at ${line}`)[0];
const ROOT = join(__dirname, '..');
beforeAll(() => {
  setProjectRoot(ROOT);
});

const own = `${ROOT}/src/serialize-error.ts`;

describe('parseStack', () => {
  it.each([
    [`UsersService.create (${own}:12:5)`, 'UsersService.create'],
    [`new UsersService (${own}:12:5)`, 'new UsersService'],
    [`${own}:12:5`, '<anonymous>'],
    [`file://${own}:12:5`, '<anonymous>'],
    [`Object.<anonymous> (file://${own}:12:5)`, 'Object.<anonymous>'],
    [`User.show [as handler] (${own}:12:5)`, 'User.show'],
    [`get name [as name] (${own}:12:5)`, 'get name'],
    [`Object.a (b) c (${own}:12:5)`, 'Object.a (b) c'],
    [`[hi] (${own}:12:5)`, '[hi]'],
    [`async (${own}:12:5)`, 'async'],
    [`render (eval at compile (${own}:12:5), <anonymous>:3:4)`, 'render'],
    [`eval (eval at a (eval at b (${own}:12:5), <anonymous>:1:1), <anonymous>:3:4)`, 'eval'],
  ])('reads %s', (line, name) => {
    expect(frame(line)).toEqual({
      function: name,
      file: 'src/serialize-error.ts',
      line: 12,
      column: 5,
      isOwn: true,
      isAsync: false,
    });
  });

  it.each([
    [`async UsersService.create (file://${own}:12:5)`, 'UsersService.create'],
    [`async ${own}:12:5`, '<anonymous>'],
    ['async Promise.all (index 0)', 'Promise.all'],
  ])('knows that %s waits', (line, name) => {
    expect(frame(line)).toMatchObject({ function: name, isAsync: true });
  });

  it.each([
    ['node:internal/process/task_queues:95:5', 'node:internal/process/task_queues'],
    ['Module.load (node:internal/modules/cjs/loader:1266:32)', 'node:internal/modules/cjs/loader'],
    [`run (${ROOT}/node_modules/@nestjs/core/router.js:9:9)`, 'node_modules/@nestjs/core/router.js'],
    ['run (/srv/node_modules/a/node_modules/b/c.js:9:9)', 'node_modules/a/node_modules/b/c.js'],
    [`run (${ROOT}-other/src/a.ts:9:9)`, `${ROOT}-other/src/a.ts`],
    [`run (${ROOT}/src/../../etc/a.ts:9:9)`, `${ROOT.replace(/[^/]+$/, '')}etc/a.ts`],
    ['run (C:\\app\\a.js:9:9)', 'C:/app/a.js'],
    ['JSON.parse (<anonymous>)', '<anonymous>'],
  ])('does not take %s for code of the project', (line, file) => {
    expect(frame(line)).toMatchObject({ file, isOwn: false });
  });

  it('reads the stack of a real error', () => {
    class Form {
      readonly error = new TypeError('two\nlines');
    }
    const [first] = parseStack(String(new Form().error.stack), 'two\nlines');
    expect(first).toMatchObject({
      function: 'new Form',
      file: 'src/stack-frames.spec.ts',
      isOwn: true,
    });
  });

  describe('where the message has lines that look like frames', () => {
    const forged = `no\n    at forged (${own}:1:1)\nsuch\n    at forged (${own}:2:2)`;

    it.each(['', 'Error: ', 'AssertionError [ERR_ASSERTION]: '])('cuts it off after %j', (head) => {
      const frames = parseStack(
        `${head}${forged}\n    at real (${own}:3:3)\n    at main (${own}:4:4)`,
        forged,
      );
      expect(frames.map((found) => found.function)).toEqual(['real', 'main']);
    });

    it('takes only the last frames when the message was changed afterwards', () => {
      const stack = `Error: ${forged}\nend\n    at real (${own}:3:3)`;
      expect(parseStack(stack, 'another message').map((found) => found.function)).toEqual(['real']);
    });
  });

  it.each(['', 'Error', 'at home', 'Error: x\n    at the end of the day', 'x\n    at a (b)', '    at '])(
    'finds no frame in %j',
    (stack) => {
      expect(parseStack(stack)).toEqual([]);
    },
  );

  it('has 100 frames at most', () => {
    expect(parseStack(`Error\n${`    at f (${own}:1:1)\n`.repeat(500)}`)).toHaveLength(100);
  });
});

describe('callerFrame', () => {
  const settings: { prepareStackTrace?: unknown; stackTraceLimit: number } = Error;
  const { prepareStackTrace, stackTraceLimit } = settings;
  afterEach(() => {
    settings.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('is the code that called', () => {
    const found = (function caller() {
      return callerFrame(/^src\/other\//);
    })();
    expect(found).toMatchObject({ function: 'caller', file: 'src/stack-frames.spec.ts' });
  });

  it('passes over files, the same ones each time', () => {
    const skipFiles = /stack-frames/g;
    expect([callerFrame(skipFiles), callerFrame(skipFiles)]).toEqual([undefined, undefined]);
  });

  it.each([0, 1, 50])('sees enough when the limit is %d, and leaves that as it was', (limit) => {
    Error.stackTraceLimit = limit;
    const found = callerFrame(/^src\/other\//);
    const left = Error.stackTraceLimit;
    Error.stackTraceLimit = 10;
    expect([found?.file, left]).toEqual(['src/stack-frames.spec.ts', limit]);
  });

  it('leaves the limit as it was when the stack cannot be had', () => {
    Error.stackTraceLimit = 7;
    Error.prepareStackTrace = () => {
      throw new Error('no stack today');
    };
    const found = callerFrame(/^src\/other\//);
    settings.prepareStackTrace = prepareStackTrace;
    expect([found, Error.stackTraceLimit]).toEqual([undefined, 7]);
  });
});
