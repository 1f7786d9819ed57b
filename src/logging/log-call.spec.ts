import { ConsoleLogger, Logger } from '@nestjs/common';
import { LoggedError, loggedError, readLogCall } from './log-call';

const error = new TypeError('Card refused');
const read = (...values: unknown[]) => readLogCall(values[0], values.slice(1));

describe('readLogCall', () => {
  it.each([
    ['nothing else', ['Saved'], {}],
    ['a context', ['Saved', 'Orders'], { context: 'Orders' }],
    ['data', ['Saved', { id: 7 }], { data: [{ id: 7 }] }],
    ['data and a context', ['Saved', { id: 7 }, 'Orders'], { data: [{ id: 7 }], context: 'Orders' }],
    ['several values', ['Saved', 1, 'two', null, 'Orders'], { data: [1, 'two', null], context: 'Orders' }],
    ['an error', ['Failed', error], { errors: [error] }],
    ['an error and a context', ['Failed', error, 'Orders'], { errors: [error], context: 'Orders' }],
    ['an error after data', ['Failed', { id: 7 }, error], { data: [{ id: 7 }], errors: [error] }],
    ['no stack, and a context', ['Failed', undefined, 'Orders'], { context: 'Orders' }],
  ])('knows a message and %s', (_what, values, expected) => {
    expect(read(...values)).toEqual({
      message: values[0],
      errors: [],
      data: [],
      context: undefined,
      ...expected,
    });
  });

  it.each([
    ['a stack', ['Failed', error.stack]],
    ['a stack and a context', ['Failed', error.stack, 'Orders']],
    ['a stack after the context', ['Failed', 'Orders', error.stack]],
  ])('makes an error of %s again', (_what, values) => {
    const { errors } = read(...values);
    expect(errors).toEqual([
      expect.objectContaining({ name: 'TypeError', message: 'Card refused', stack: error.stack }),
    ]);
  });

  it('looks for a stack in the beginning of a text only', () => {
    expect(read('Failed', `${'x'.repeat(1e6)}${error.stack}`, 'Orders').errors).toEqual([]);
  });
});

describe('loggedError', () => {
  const logged = (...values: unknown[]) => loggedError(read(...values), String(values[0]));

  it.each([
    ['an error', [error]],
    ['an error and its own stack', [error, error.stack]],
    ['an error and itself', [error, error]],
  ])('is %s itself', (_what, values) => {
    expect(logged(...values)).toEqual({ error, others: [] });
  });

  it('is the error whose message and stack were logged', () => {
    expect(logged(error.message, error.stack, 'Orders').error).toMatchObject({
      name: 'TypeError',
      stack: error.stack,
    });
  });

  it('is another one than the error that came with a text', () => {
    const result = logged('Charge failed', error);
    expect(result.error).toBeInstanceOf(LoggedError);
    expect(result).toMatchObject({ error: { message: 'Charge failed' }, others: [error] });
  });

  it('keeps every error', () => {
    const second = new RangeError('Too much');
    expect(logged(error, second).others).toEqual([second]);
    expect(logged('Both failed', error, second).others).toEqual([error, second]);
  });

  describe('from text', () => {
    let stack: string | undefined;
    const take = (message: unknown, ...optional: unknown[]) => {
      stack = (loggedError(readLogCall(message, optional), String(message)).error as Error).stack;
    };
    const ignore = () => undefined;

    beforeEach(() => {
      Logger.overrideLogger({ error: take, fatal: take, log: ignore, warn: ignore });
    });
    afterEach(() => {
      Logger.overrideLogger(new ConsoleLogger());
    });

    it.each([
      ['error() of a Logger', () => new Logger('Orders').error('It failed')],
      ['fatal() of a Logger', () => new Logger('Orders').fatal('It failed')],
      ['Logger.error()', () => Logger.error('It failed')],
      ['Logger.fatal()', () => Logger.fatal('It failed')],
    ])('has a stack that begins where %s was called', (_what, log) => {
      log();
      expect(stack).toMatch(/^LoggedError: It failed\n +at .*log-call\.spec\.ts/);
    });
  });
});
