import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, format } from 'winston';
import { RotatingFile, RotatingFileOptions } from './rotating-file';

const LOG_WRITER = join(__dirname, '../test/log-writer.js');

describe('RotatingFile', () => {
  let room: string;
  let directory: string;
  let opened: RotatingFile[];

  beforeEach(() => {
    room = mkdtempSync(join(tmpdir(), 'rotating-file-'));
    directory = join(room, 'var', 'logs');
    opened = [];
  });
  afterEach(() => {
    jest.restoreAllMocks();
    for (const file of opened) file.close();
    rmSync(room, { recursive: true });
  });

  /** Three lines of ten bytes, line feed included, fill a file. */
  const open = (options: Partial<RotatingFileOptions> = {}) => {
    const file = new RotatingFile({ directory, maxBytes: 30, backupCount: 3, ...options });
    opened.push(file);
    return file;
  };
  const write = (file: RotatingFile, ...lines: string[]) => {
    for (const line of lines) file.write({ [Symbol.for('message')]: line });
  };
  const nineLetters = (count: number) =>
    Array.from({ length: count }, (_, index) => `line ${String(index).padStart(4, '0')}`);
  const path = (name = '') => join(directory, `app.log${name}`);
  const linesOf = (name = '') => readFileSync(path(name), 'utf8').split('\n').slice(0, -1);
  const allLines = () => readdirSync(directory).flatMap((name) => linesOf(name.slice('app.log'.length)));

  describe('a file', () => {
    it('takes what winston has formatted, in a directory that it makes', () => {
      const logger = createLogger({
        format: format.printf(({ message }) => `INFO ${String(message)}`),
        transports: [open()],
      });
      logger.info('Grüße');
      expect(readFileSync(path(), 'utf8')).toBe('INFO Grüße\n');
      logger.close();
    });

    it('goes on where the one before it ended', () => {
      write(open(), 'of before');
      write(open(), 'after it');
      expect(linesOf()).toEqual(['of before', 'after it']);
    });

    it('stays in its place when the current directory changes', () => {
      const before = process.cwd();
      process.chdir(room);
      const file = open({ directory: 'var/logs' });
      process.chdir(before);
      write(file, 'here');
      expect(linesOf()).toEqual(['here']);
    });

    it('comes back with the next line after it was removed', () => {
      const file = open();
      write(file, 'of before');
      rmSync(path());
      write(file, 'after it');
      expect(linesOf()).toEqual(['after it']);
    });

    it('comes back with the next line after its directory was removed', () => {
      const file = open();
      write(file, 'of before');
      rmSync(join(room, 'var'), { recursive: true });
      write(file, 'after it');
      expect(linesOf()).toEqual(['after it']);
    });

    it('has every line that was logged before a crash', async () => {
      await logInAnotherProcess('susan', 1);
      expect(allLines()).toEqual([expect.stringMatching(/^susan 0 .* end$/)]);
    });
  });

  describe('rotation', () => {
    it('begins a new file before a line would make the old one larger than it may be', () => {
      write(open(), ...nineLetters(4));
      expect(linesOf('.1')).toEqual(['line 0000', 'line 0001', 'line 0002']);
      expect(linesOf()).toEqual(['line 0003']);
    });

    it('measures bytes, not letters', () => {
      write(open(), 'ä'.repeat(10), 'nine more');
      expect(readdirSync(directory)).toEqual(['app.log', 'app.log.1']);
    });

    it('numbers the files from the newest to the oldest and drops the rest', () => {
      write(open(), ...nineLetters(16));
      expect(readdirSync(directory)).toEqual(['', '.1', '.2', '.3'].map((name) => `app.log${name}`));
      const first = ['', '.1', '.2', '.3'].map((name) => linesOf(name)[0]);
      expect(first).toEqual(['line 0015', 'line 0012', 'line 0009', 'line 0006']);
    });

    it('counts what was in the file before the start', () => {
      mkdirSync(directory, { recursive: true });
      writeFileSync(path(), 'these were twenty-five..\n');
      write(open(), 'line 0000');
      expect(linesOf('.1')).toEqual(['these were twenty-five..']);
      expect(linesOf()).toEqual(['line 0000']);
    });

    it('gives a line that is larger than a file may be a file of its own', () => {
      const long = 'x'.repeat(100);
      write(open(), long, 'between', long);
      expect([linesOf('.2'), linesOf('.1'), linesOf()]).toEqual([[long], ['between'], [long]]);
      expect(readdirSync(directory)).toHaveLength(3);
    });

    it.each([{ maxBytes: 0 }, { backupCount: 0 }])('never happens with %j', (options) => {
      write(open(options), ...nineLetters(100));
      expect(readdirSync(directory)).toEqual(['app.log']);
      expect(linesOf()).toHaveLength(100);
    });

    it('loses nothing in a burst', () => {
      const lines = nineLetters(10_000);
      write(open({ maxBytes: 1000, backupCount: 200 }), ...lines);
      expect(allLines().sort()).toEqual(lines);
      expect(readdirSync(directory)).toHaveLength(100);
    });

    it('loses and tears nothing when two processes write and rotate at once', async () => {
      await Promise.all([logInAnotherProcess('susan', 3000), logInAnotherProcess('john', 3000)]);
      const lines = allLines();
      expect(lines.filter((line) => !/^(susan|john) \d+ \.{60} end$/.test(line))).toEqual([]);
      expect(new Set(lines).size).toBe(6000);
      expect(lines).toHaveLength(6000);
      const backups = readdirSync(directory).filter((name) => name !== 'app.log');
      expect(backups.filter((name) => statSync(join(directory, name)).size < 900)).toEqual([]);
    });

    it('is noticed where another process did it', () => {
      const file = open();
      write(file, 'of before');
      renameSync(path(), path('.1'));
      writeFileSync(path(), 'of theirs\n');
      write(file, 'after it');
      expect(linesOf()).toEqual(['of theirs', 'after it']);
    });

    it('leaves it to another process that is at it', () => {
      const file = open();
      write(file, ...nineLetters(3));
      writeFileSync(path('.lock'), '');
      write(file, 'line 0003');
      expect(linesOf()).toHaveLength(4);
      expect(existsSync(path('.lock'))).toBe(true);
    });

    it('does not wait for ever for a process that died while it was at it', () => {
      const file = open();
      write(file, ...nineLetters(3));
      writeFileSync(path('.lock'), '');
      utimesSync(path('.lock'), new Date(0), new Date(0));
      write(file, 'line 0003', 'line 0004');
      expect(linesOf('.1')).toHaveLength(4);
      expect(linesOf()).toEqual(['line 0004']);
      expect(existsSync(path('.lock'))).toBe(false);
    });
  });

  describe('a rotation that fails', () => {
    let onFailure: jest.Mock<undefined, [Error]>;
    let file: RotatingFile;

    beforeEach(() => {
      onFailure = jest.fn<undefined, [Error]>();
      file = open({ onFailure });
      mkdirSync(path('.3'), { recursive: true });
      write(file, ...nineLetters(12));
    });

    it('lets the file grow, with every line in it, and keeps the older ones', () => {
      expect(linesOf('.2')).toEqual(nineLetters(3));
      expect([...linesOf('.2'), ...linesOf('.1'), ...linesOf()]).toEqual(nineLetters(12));
      expect(readdirSync(directory)).not.toContain('app.log.lock');
    });

    it('is told once, and happens as soon as it can', () => {
      write(file, ...nineLetters(3));
      expect(onFailure.mock.calls).toEqual([[expect.objectContaining({ syscall: 'rename' })]]);
      rmSync(path('.3'), { recursive: true });
      write(file, 'the next');
      expect(linesOf()).toEqual(['the next']);
      expect(linesOf('.3')).toEqual(nineLetters(3));
    });
  });

  describe('a line that cannot be written', () => {
    beforeEach(() => {
      mkdirSync(path(), { recursive: true });
    });
    const repair = () => rmSync(path(), { recursive: true });

    it('is told once until one has been written, and counted in the file', () => {
      const onFailure = jest.fn();
      const file = open({ onFailure, maxBytes: 1000 });
      write(file, 'one', 'two', 'three');
      expect(onFailure.mock.calls).toEqual([[expect.objectContaining({ code: 'EISDIR' })]]);
      repair();
      write(file, 'four', 'five');
      expect(linesOf()).toEqual([
        expect.stringMatching(/^\d{4}-\S+Z WARN \[RotatingFile\] Lines lost here: 3 \(EISDIR: .*\)$/),
        'four',
        'five',
      ]);
      rmSync(path());
      mkdirSync(path());
      write(file, 'six');
      expect(onFailure).toHaveBeenCalledTimes(2);
    });

    it('is told in a line on stderr where nobody else wants to know', () => {
      const stderr = jest.spyOn(console, 'error').mockReturnValue();
      write(open(), 'one', 'two');
      expect(stderr.mock.calls).toEqual([[expect.stringMatching(/app\.log: EISDIR: /)]]);
    });

    it('may be logged itself', () => {
      const file = open({ onFailure: (error) => write(file, error.message), maxBytes: 1000 });
      write(file, 'one');
      repair();
      write(file, 'two');
      expect(linesOf()).toEqual([expect.stringContaining('Lines lost here: 2'), 'two']);
    });
  });

  describe('lines that may wait', () => {
    const mayWait = ({ level }: { level?: unknown }) => level === 'info';
    const log = (file: RotatingFile, level: string, ...lines: string[]) => {
      for (const line of lines) file.log({ level, [Symbol.for('message')]: line }, () => undefined);
    };
    const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

    it('are written together once the event loop has done what is due, in order', async () => {
      const file = open({ mayWait, maxBytes: 1_000 });
      log(file, 'info', 'one', 'two');
      expect(existsSync(path())).toBe(false);
      await nextTurn();
      log(file, 'info', 'three');
      await nextTurn();
      expect(linesOf()).toEqual(['one', 'two', 'three']);
    });

    it('are written before one that may not', () => {
      const file = open({ mayWait, maxBytes: 1_000 });
      log(file, 'info', 'one', 'two');
      log(file, 'error', 'three');
      expect(linesOf()).toEqual(['one', 'two', 'three']);
    });

    it('are written when the file is closed', () => {
      const file = open({ mayWait, maxBytes: 1_000 });
      log(file, 'info', 'one');
      file.close();
      expect(linesOf()).toEqual(['one']);
    });

    it.each(['exit', 'throw', 'end'])('are written when the process ends by %s', async (way) => {
      const options = JSON.stringify({ directory, maxBytes: 1000, backupCount: 1000 });
      const writer = spawn(process.execPath, [LOG_WRITER, options, 'susan', '30', way], { stdio: 'ignore' });
      await once(writer, 'close');
      expect(allLines()).toHaveLength(30);
    });

    it('rotate as if each were written by itself', async () => {
      log(open({ mayWait }), 'info', ...nineLetters(7));
      await nextTurn();
      expect([linesOf('.2'), linesOf('.1'), linesOf()].map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(allLines().sort()).toEqual(nineLetters(7));
    });

    it('are counted, each of them, where they cannot be written', () => {
      mkdirSync(path(), { recursive: true });
      const file = open({ mayWait, maxBytes: 1_000, onFailure: jest.fn() });
      log(file, 'info', 'one', 'two', 'three');
      file.flush();
      rmSync(path(), { recursive: true });
      log(file, 'info', 'four');
      file.flush();
      expect(linesOf()).toEqual([expect.stringContaining('Lines lost here: 3 (EISDIR'), 'four']);
    });
  });

  it('outlives a full disk, with whole lines before and after', () => {
    mkdirSync(directory, { recursive: true });
    const onFailure = jest.fn();
    const file = open({ maxBytes: 1_000_000, onFailure });
    const line = 'x'.repeat(998);
    write(file, line);
    // Refuses every write as a full disk does.
    renameSync(path(), path('.aside'));
    symlinkSync('/dev/full', path());
    write(file, ...Array<string>(100).fill(line));
    renameSync(path('.aside'), path());
    expect(onFailure.mock.calls).toEqual([[expect.objectContaining({ code: 'ENOSPC' })]]);
    expect(statSync(path()).size % 999).toBe(0);
    const kept = linesOf().length;

    write(file, 'there is room', 'again');
    expect(linesOf().slice(kept)).toEqual([
      expect.stringContaining(`Lines lost here: ${101 - kept} (ENOSPC: `),
      'there is room',
      'again',
    ]);
    file.close();
  });

  async function logInAnotherProcess(name: string, lines: number): Promise<void> {
    const options = JSON.stringify({ directory, maxBytes: 1000, backupCount: 1000 });
    const writer = spawn(process.execPath, [LOG_WRITER, options, name, String(lines)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(writer, 'close')).toEqual([null, 'SIGKILL']);
  }
});
