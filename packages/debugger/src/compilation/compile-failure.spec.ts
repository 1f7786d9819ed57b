import { Options, transformSync } from '@swc/core';
import { compileFailure } from './compile-failure';

const OPTIONS: Options = { swcrc: false, jsc: { parser: { syntax: 'typescript', decorators: true } } };

const failureOf = (source: string) => {
  try {
    transformSync(source, { filename: '/somewhere/src/a.ts', ...OPTIONS });
  } catch (error) {
    return compileFailure(error, 'src/a.ts');
  }
  throw new Error('It compiles');
};

describe('What SWC says of a file', () => {
  it.each([
    ['const a = 1;\nconst b = ;\n', 2, 11, 'Expression expected'],
    ['const ü = "é" + ;\n', 1, 17, 'Expression expected'],
    ['class A {\n  a() {\n', 2, 9, "Expected '}', got '<eof>'"],
    ['const a = `b\nc\n', 1, 1, 'Unterminated template'],
    ['function f() { await x }', 1, 16, "await isn't allowed in non-async function"],
    ['\n\n\n\n\n\n\n\n\n\nlet a: = 1\n', 11, 8, 'Unexpected token `=`'],
  ])('is read: %j', (source, line, column, message) => {
    const failure = failureOf(source);
    expect(failure).toMatchObject({ file: 'src/a.ts', line, column });
    expect(failure.message).toContain(message);
    expect(failure.frame).toContain(`${line} | `);
  });

  it('is taken without what is about the compiler', () => {
    expect(failureOf('const a = 1;\nconst b = ;\n// Caused by:\n')).toEqual({
      file: 'src/a.ts',
      line: 2,
      column: 11,
      message: 'Expression expected',
      frame: ' 1 | const a = 1;\n 2 | const b = ;\n   :           ^\n 3 | // Caused by:',
    });
  });

  it('is the first of several', () => {
    const { message, frame } = failureOf('function x( {\n  return 1;\n}\nclass { \n');
    expect(message).toBe('Cannot use a reserved word as a shorthand property');
    expect(frame).not.toMatch(/Expected|,-\[|`--/);
  });

  it.each([
    [new Error('\u001b[31mfailed to read config\u001b[0m\n\nStack backtrace:\n 0: <unknown>')],
    ['failed to read config'],
  ])('is shown as it is when it has no place', (error) => {
    expect(compileFailure(error, 'src/a.ts')).toEqual({
      file: 'src/a.ts',
      line: 1,
      column: 1,
      message: 'failed to read config',
      frame: '',
    });
  });
});
