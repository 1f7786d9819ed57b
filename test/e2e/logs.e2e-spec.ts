import { Logger } from '@nestjs/common';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createSqliteFile } from '../support/database';
import { FailingModule } from '../support/failing.module';
import { RunningApp } from '../support/running-app';
import { TestApp } from '../support/test-app';

describe('The log file', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start({}, [FailingModule]);
    await written();
  });
  afterEach(() => app.stop());

  /** Lines below the level error are written in batches. */
  const written = () => setImmediate();
  const read = (name = 'microblog.log') => readFileSync(join(app.logDirectory, name), 'utf8');
  const lines = () => read().trimEnd().split('\n');

  it('begins with the startup line, and every line has time, level, message and place', () => {
    expect(lines()[0]).toMatch(
      /INFO: \[Microblog\] Microblog startup: version \d+\.\d+\.\d+, test, Node v\d+/,
    );
    for (const line of lines()) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO: .+ \[in src\/[a-z/.-]+\.ts:\d+\]$/);
    }
  });

  it('has the id of the request in its lines, and the reference and the frames of an error', async () => {
    await app.visitor().get('/nope');
    const { headers } = await app.visitor().get('/failing/service');
    expect(read('client-errors.log')).toMatch(
      / WARN \([0-9a-f]{8}\): \[ExceptionFilter\] 404 GET \/nope \[in src\/errors\//,
    );
    const error = `ERROR (${headers.get('Error-Reference')}): [ExceptionFilter] GET /failing/service: Error: telltale-detail [in test/support/failing.module.ts:`;
    expect(read()).toContain(error);
    expect(read()).toMatch(/^ {4}at FailingService\.fail \(test\/support\/failing\.module\.ts:\d+:\d+\)$/m);
    expect(read()).toMatch(/^ {4}caused by TypeError: root-cause telltale-detail$/m);
  });

  it('has all that was handed to a logger: message, data, error, stack, causes and context', async () => {
    const refused = new TypeError('Card refused', { cause: new RangeError('Limit reached') });
    const whole = [
      'Charge failed',
      'Card refused',
      'TypeError',
      'Limit reached',
      'logs.e2e-spec.ts',
      '[Orders]',
    ];
    const orders = new Logger('Orders');
    const calls: [() => void, string[]][] = [
      [() => orders.error('Charge failed', refused), whole],
      [() => orders.fatal('Charge failed', refused), whole],
      [() => orders.warn('Charge failed', refused), whole],
      [() => orders.error({ order: 7 }), ['{ order: 7 }', '[Orders]']],
      [
        () => orders.error(refused, { order: 7 }),
        ['TypeError: Card refused', 'data: {"order":7}', '[Orders]'],
      ],
      [
        () => orders.error('Charge failed', refused.stack),
        ['Charge failed', 'TypeError: Card refused', '[Orders]'],
      ],
      [() => orders.error(refused.message, refused.stack), ['TypeError: Card refused', '[Orders]']],
      [() => orders.error('Charge failed', { order: 7 }, refused), [...whole, 'data: {"order":7}']],
      [
        () => Logger.error('Charge failed', refused.stack, 'Orders'),
        ['Charge failed', 'TypeError: Card refused', '[Orders]'],
      ],
      [() => orders.log('Saved', { order: 7 }), ['INFO: [Orders] Saved { order: 7 }']],
      [() => orders.log('Saved', 7, true, 'now'), ['INFO: [Orders] Saved 7 true now']],
      [() => orders.warn(new Map([['order', 7]])), ['WARN: [Orders] { order: 7 }']],
      [() => orders.log('Saved', { password: 'a secret' }), ["Saved { password: '[hidden]' }"]],
    ];
    for (const [log, parts] of calls) {
      const before = read().length;
      log();
      await written();
      for (const part of parts) expect(read().slice(before)).toContain(part);
    }
    expect(read()).not.toMatch(/a secret|thrown object|\[object Object\]/);
  });

  it('cannot be forged with line breaks, escape codes or the like', async () => {
    const forged = '\r\n2026-01-01T00:00:00.000Z INFO: all is well\u001b[2K\u2028x\u202e';
    await app.visitor().get(`/failing/unlike?word=${encodeURIComponent(forged)}`);
    await app.visitor().get(`/${encodeURIComponent(forged)}`);
    new Logger('Test').log(forged);
    await written();
    const all = read() + read('client-errors.log');
    expect(all).toMatch(/all is well.*all is well/s);
    expect(all).not.toMatch(/^2026-01-01/m);
    // eslint-disable-next-line no-control-regex
    expect(all).not.toMatch(/[\r\u001b\u2028\u202e]/);
  });

  it('is rotated at 10,240 bytes where the setting says so, microblog.log.1 being the newest of ten', async () => {
    await app.stop();
    app = await TestApp.start({ LOG_MAX_BYTES: '10240' }, [FailingModule]);
    const logger = new Logger('Test');
    for (let number = 0; number < 2_000; number++) logger.log(`Line ${number} ${'x'.repeat(100)}`);
    await written();
    const backups = Array.from({ length: 10 }, (_, index) => `microblog.log.${index + 1}`);
    expect(readdirSync(app.logDirectory).sort()).toEqual(['microblog.log', ...backups].sort());
    for (const name of backups) expect(Buffer.byteLength(read(name))).toBeLessThanOrEqual(10_240);
    const numbers = ['microblog.log', ...backups].flatMap(
      (name) => /Line (\d+)/.exec(read(name))?.slice(1).map(Number) ?? [],
    );
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(read()).toContain('Line 1999');
  });

  it('comes back when its directory was removed', async () => {
    rmSync(app.logDirectory, { recursive: true });
    new Logger('Test').log('Still here');
    await written();
    expect(read()).toContain('Still here');
  });
});

describe('LOG_TO_STDOUT=1', () => {
  it('writes a JSON object a line to standard output, and no file', async () => {
    const database = createSqliteFile();
    const app = await RunningApp.start({ DATABASE_URL: database.url, LOG_DIR: '/nonexistent/logs' });
    await app.visitor().get('/nope');
    await app.stop();
    const entries = app.output.map((line) => JSON.parse(line) as Record<string, string>);
    expect(entries.map(({ message }) => message)).toContain('Microblog shutdown');
    expect(entries.find(({ level }) => level === 'warn')).toMatchObject({
      context: 'ExceptionFilter',
      message: '404 GET /nope',
      id: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
      in: expect.stringMatching(/^src\/errors\/.*\.ts:\d+$/) as string,
    });
    await database.drop();
  });
});
