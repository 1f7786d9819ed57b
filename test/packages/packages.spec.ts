import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'node-html-parser';
import { TestDatabase, createDatabase, createSqliteFile } from '../support/database';
import { DebuggerPage } from '../support/debugger-page';
import { Visitor } from '../support/visitor';

const ROOT = join(__dirname, '../..');
const INSTALL_TIMEOUT_MS = 240_000;
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** What the application needs besides the packages, in the versions of the repository. */
const LIBRARIES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/typeorm',
  '@types/ejs',
  '@types/express',
  '@types/node',
  'better-sqlite3',
  'class-transformer',
  'class-validator',
  'ejs',
  'express',
  'pg',
  'reflect-metadata',
  'rxjs',
  'typeorm',
  'winston',
];

interface Manifest {
  readonly workspaces: string[];
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** Their names without the scope. */
const PACKAGES = manifest.workspaces.map((workspace) => workspace.replace('packages/', ''));

let directory: string;

function run(command: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(command, args, { cwd, stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(`${command} ${args.join(' ')}\n${String(stdout)}${String(stderr)}`, { cause: error });
  }
}

/** Packs as for publishing; what that builds is not left behind. */
function pack(): string[] {
  const built = manifest.workspaces.map((workspace) => join(ROOT, workspace, 'dist'));
  const wereThere = built.map((path) => existsSync(path));
  try {
    run('npm', ['pack', '--workspaces', '--pack-destination', directory], ROOT);
  } finally {
    for (const [index, path] of built.entries()) {
      if (!wereThere[index]) rmSync(path, { recursive: true, force: true });
    }
  }
  return readdirSync(directory).filter((file) => file.endsWith('.tgz'));
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'packages-'));
  const tarballs = pack();
  expect(tarballs).toHaveLength(manifest.workspaces.length);
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };
  const dependencies = {
    ...Object.fromEntries(LIBRARIES.map((name) => [name, versions[name]])),
    ...Object.fromEntries(
      tarballs.map((file) => [
        file.replace(/^microblog-(.*)-\d+\.\d+\.\d+\.tgz$/, '@microblog/$1'),
        `file:${file}`,
      ]),
    ),
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // better-sqlite3 is compiled already in the repository.
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], directory);
  const binary = 'node_modules/better-sqlite3/build';
  cpSync(join(ROOT, binary), join(directory, binary), { recursive: true });
}, INSTALL_TIMEOUT_MS);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each(['commonjs', 'module'])('The packages in an application of type "%s"', (type) => {
  let home: string;

  beforeAll(() => {
    home = join(directory, type);
    mkdirSync(home);
    cpSync(join(__dirname, 'application'), join(home, 'src'), { recursive: true });
    for (const name of PACKAGES) writeFileSync(join(home, `src/example-${name}.ts`), firstExample(name));
    writeFileSync(join(home, 'package.json'), JSON.stringify({ type }));
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      esModuleInterop: true,
      sourceMap: true,
      rootDir: 'src',
      outDir: 'dist',
      types: ['node'],
      // Not those of other libraries.
      skipLibCheck: true,
    };
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
    run(process.execPath, [TSC, '--project', '.'], home);
  }, INSTALL_TIMEOUT_MS);

  describe.each([
    ['SQLite', () => Promise.resolve(createSqliteFile())],
    ['PostgreSQL', createDatabase],
  ])('on %s', (_name, create) => {
    let database: TestDatabase;
    let application: ChildProcess;
    let visitor: Visitor;

    beforeAll(async () => {
      database = await create();
      application = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
        cwd: home,
        env: { ...process.env, DATABASE_URL: database.url.replace(/^sqlite:/, '') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      visitor = new Visitor(await urlOf(application));
    });
    afterAll(async () => {
      application.kill();
      await once(application, 'exit');
      await database.drop();
    });

    const post = (path: string, fields: Record<string, string>, to = visitor) =>
      to.send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });

    it('shows a refused form again with what was typed, in another template engine', async () => {
      expect((await visitor.get('/contact')).body).toContain('<label for="email">Email</label>');
      const message = 'This is far too long <b>';
      const refused = await post('/contact', { email: 'susan', message, password: 'catcatcat' });
      const page = parse(refused.body);
      expect(refused.status).toBe(422);
      expect(page.querySelector('#email')?.getAttribute('value')).toBe('susan');
      expect(page.querySelector('#message')?.text.trim()).toBe(message);
      expect(page.querySelectorAll('.errors li').map(({ text }) => text)).toEqual([
        'Invalid email address.',
        'Field cannot be longer than 20 characters.',
      ]);
      expect(refused.body).not.toContain('catcatcat');
      const taken = await post('/contact', { email: 'susan@example.com', message: 'Hello' });
      expect(taken.body).toBe('susan@example.com wrote: Hello');
    });

    it('saves nothing of a handler that throws after an insert', async () => {
      expect((await post('/orders', { name: 'broken' })).status).toBe(500);
      expect(JSON.parse((await visitor.get('/orders')).body)).toEqual([]);
      expect((await post('/orders', { name: 'a book' })).status).toBe(201);
      const saved = JSON.parse((await visitor.get('/orders')).body) as { name: string }[];
      expect(saved.map(({ name }) => name)).toEqual(['a book', 'a book again']);
    });

    /** Runs the example that the README of a package begins with. */
    const withExample = async (name: string, look: (visitor: Visitor) => Promise<void>) => {
      const own = await create();
      const example = spawn(process.execPath, [`dist/example-${name}.js`], {
        cwd: home,
        env: { ...process.env, DATABASE_URL: own.url.startsWith('postgres') ? own.url : '', PORT: '0' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      try {
        await look(new Visitor(await urlOf(example)));
      } finally {
        example.kill();
        await once(example, 'exit');
        await own.drop();
      }
    };

    it('saves nothing in the example that the README of unit-of-work begins with', () =>
      withExample('unit-of-work', async (shop) => {
        expect((await shop.send('/orders', { method: 'POST' })).status).toBe(500);
        expect(JSON.parse((await shop.get('/orders')).body)).toEqual([]);
      }));

    it('shows a refused form again in the example that the README of forms begins with', () =>
      withExample('forms', async (invitations) => {
        expect((await invitations.get('/invite')).body).toContain('We write once.');
        const refused = await post('/invite', { email: 'susan', guests: '9' }, invitations);
        expect(refused.status).toBe(422);
        expect(parse(refused.body).querySelector('#email')?.getAttribute('value')).toBe('susan');
        const sent = await post('/invite', { email: 'susan@example.com', guests: '2' }, invitations);
        expect(sent.body).toBe('Invited susan@example.com and 2 guests');
      }));

    it('asks for the PIN in the example that the README of debugger begins with', () =>
      withExample('debugger', async (example) => {
        const page = await DebuggerPage.open(example, '/fail');
        expect(page.answer.status).toBe(500);
        expect(page.page.querySelector('title')?.text).toContain('Example debugger');
      }));

    it('answers a fault with the debugger: local variables, and a console in the frame', async () => {
      const locked = await DebuggerPage.open(visitor, '/fail');
      expect(await locked.enterPin('123456')).toMatchObject({ status: 200 });
      const page = await DebuggerPage.open(visitor, '/fail');
      expect(page.answer.status).toBe(500);
      const frame = page.frame('FailingController.total');
      expect(frame.place).toMatch(/src\/failing\.ts:\d+/);
      expect(frame.source.find(({ isCurrent }) => isCurrent)?.text).toContain('The basket is too heavy');
      expect(frame.scopes.Function).toMatchObject({ price: '2', sum: '14' });
      expect(await page.evaluate(frame.path, 'basket.pears * price')).toBe('8');
    });

    it('describes an error with its secrets hidden', async () => {
      const { body } = await visitor.get('/report?user=susan&password=catcatcat');
      expect(body).toContain('susan');
      expect(body).not.toContain('catcatcat');
      expect(JSON.parse(body)).toMatchObject({
        title: 'TypeError: No sign-in',
        hasReference: true,
        error: { frames: expect.arrayContaining([expect.objectContaining({ isOwn: true })]) as unknown },
      });
    });
  });
});

/** The first TypeScript in the README of a package. */
function firstExample(name: string): string {
  const readme = readFileSync(join(ROOT, 'packages', name, 'README.md'), 'utf8');
  return /^```ts\n(.*?)^```/ms.exec(readme)?.[1] ?? '';
}

async function urlOf(application: ChildProcess): Promise<string> {
  if (!application.stdout || !application.stderr) throw new Error('It has no output');
  const errors: string[] = [];
  application.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  for await (const line of createInterface(application.stdout)) {
    const [, url] = /Ready at (\S+)/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error(`The application did not start:\n${errors.join('')}`);
}
