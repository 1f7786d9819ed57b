import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UploadApp, facts, startUploadApp } from './upload-app';
import { PNG, answerOf, file, send, sendRaw, SIGNED_IN } from './multipart';

const NOTHING = { photo: null, others: [] };

describe('A form with files', () => {
  let app: UploadApp;

  beforeAll(async () => {
    app = await startUploadApp();
  });
  afterEach(() => app.untilClean());
  afterAll(() => app.close());

  const post = (...args: Parameters<typeof send> extends [string, ...infer R] ? R : never) =>
    send(`${app.url}/photos`, ...args);

  it('gives the handler the file, its type as found in its content', async () => {
    const { status, text } = await post([
      ['title', 'My cat'],
      ['photo', file(PNG, 'cat.png', 'text/html')],
    ]);
    expect(status).toBe(201);
    expect(JSON.parse(text)).toEqual({
      ...NOTHING,
      title: 'My cat',
      photo: {
        originalName: 'cat.png',
        mimeType: 'image/png',
        extension: 'png',
        sizeBytes: PNG.length,
        content: PNG.toString('latin1'),
      },
    });
  });

  it('takes several files for one field, in the order in which they were sent', async () => {
    const names = Array.from({ length: 9 }, (_one, index) => `${index}.txt`);
    const large = 'x'.repeat(300_000);
    const { text } = await post([
      ['title', 'Mine'],
      ...names.map((name, index) => ['others', file(index % 2 ? large : name, name)] as const),
    ]);
    const { others } = JSON.parse(text) as { others: { originalName: string; content: string }[] };
    expect(others.map(({ originalName }) => originalName)).toEqual(names);
    expect(others.map(({ content }) => content.length)).toEqual(
      names.map((_n, index) => (index % 2 ? large.length : 5)),
    );
  });

  it('has no file where none was chosen', async () => {
    const { status, text } = await post([
      ['title', 'Mine'],
      ['photo', file('', '')],
      ['others', file('', '')],
    ]);
    expect([status, JSON.parse(text)]).toEqual([201, { ...NOTHING, title: 'Mine' }]);
  });

  it('shows again what was typed where a file is refused, and says so beside its field', async () => {
    const answer = await post([
      ['title', 'My cat'],
      ['photo', file('%PDF-1.7\n', 'cat.png', 'image/png')],
    ]);
    expect(answer).toMatchObject({
      status: 422,
      title: 'My cat',
      messages: { photo: ['Only files of these types are allowed: png, text/plain.'] },
    });
    expect(answer.text).toContain('<form enctype="multipart/form-data">');
  });

  it('takes a file without content for one', async () => {
    const answer = await post([
      ['title', 'My cat'],
      ['photo', file('', 'empty.txt')],
    ]);
    expect(answer).toMatchObject({ status: 422, messages: { photo: ['A file must have at least 1 byte.'] } });
  });

  it('refuses two files for a field that takes one', async () => {
    const cat = file(PNG, 'cat.png');
    const answer = await post([
      ['title', 'My cats'],
      ['photo', cat],
      ['photo', cat],
    ]);
    expect(answer).toMatchObject({ status: 422, messages: { photo: ['Only one file can be sent here.'] } });
  });

  it.each([
    ['application/x-www-form-urlencoded', 'csrf_token=token&title=My+cat&photo=cat.png'],
    [
      'application/json',
      JSON.stringify({ csrf_token: 'token', title: 'My cat', photo: { path: '/etc/passwd', sizeBytes: 1 } }),
    ],
  ])('takes no text of %s for a file', async (type, body) => {
    const answer = await sendRaw(`${app.url}/photos`, type, body);
    expect(answer).toMatchObject({
      status: 422,
      title: 'My cat',
      messages: { photo: ['Not a valid file.'] },
    });
  });

  it('may come without files as any other form does', async () => {
    const body = new URLSearchParams({ csrf_token: 'token', title: 'Mine', photo: '' });
    const response = await fetch(`${app.url}/photos`, { method: 'POST', headers: SIGNED_IN, body });
    expect(JSON.parse((await answerOf(response)).text)).toEqual({ ...NOTHING, title: 'Mine' });
  });

  it('takes what two people send at once apart', async () => {
    const sent = ['a', 'b'].map((letter) =>
      post([
        ['title', letter],
        ['photo', file(letter.repeat(1_000_000), `${letter}.txt`)],
      ]),
    );
    const received = (await Promise.all(sent)).map(
      ({ text }) => JSON.parse(text) as Awaited<ReturnType<typeof facts>>,
    );
    expect(received).toMatchObject([
      { title: 'a', photo: { originalName: 'a.txt', content: 'a'.repeat(1_000_000) } },
      { title: 'b', photo: { originalName: 'b.txt', content: 'b'.repeat(1_000_000) } },
    ]);
  });

  it('may have them in a list of forms, each with its message', async () => {
    const url = `${app.url}/albums`;
    const parts = [
      ['pictures.0.caption', 'One'],
      ['pictures.0.picture', file('1234', 'one.txt')],
      ['pictures.1.caption', 'Two'],
    ] as const;
    const { status, text } = await send(url, parts);
    expect([status, JSON.parse(text)]).toEqual([
      201,
      [
        { caption: 'One', size: 4 },
        { caption: 'Two', size: null },
      ],
    ]);
    const large = file('x'.repeat(101), 'two.txt');
    const refused = await send(url, [...parts, ['pictures.1.picture', large], ['pictures.9.nope', large]]);
    expect(refused.status).toBe(422);
    expect(refused.messages).toEqual({ 'pictures.1.picture': ['A file cannot have more than 100 bytes.'] });
  });

  it('is not taken by a handler without files', async () => {
    expect(await send(`${app.url}/notes`, [['text', 'x']])).toMatchObject({ status: 415 });
    expect(await send(`${app.url}/nothing`, [['text', 'x']])).toMatchObject({ status: 404 });
  });

  it('is refused with other multipart bodies before anything is asked', async () => {
    expect(await sendRaw(`${app.url}/photos`, 'multipart/mixed; boundary=x', '--x--')).toMatchObject({
      status: 415,
    });
  });
});

describe('A file that a handler was given', () => {
  let app: UploadApp;

  afterEach(async () => {
    await app.untilClean();
    await app.close();
  });

  const post = (photo = file(PNG, 'cat.png')) =>
    send(`${app.url}/photos`, [
      ['title', 'My cat'],
      ['photo', photo],
    ]);

  it('is for its owner only, and gone after the answer', async () => {
    const modes: number[] = [];
    app = await startUploadApp(({ photo }) => {
      modes.push(...[photo?.path ?? '', app.directory].map((path) => statSync(path).mode & 0o777));
    });
    await post();
    expect(modes).toEqual([0o600, 0o700]);
  });

  it('can be read as a stream', async () => {
    app = await startUploadApp(async ({ photo }) => {
      const pieces = (await photo?.stream().toArray()) as Buffer[];
      return Buffer.concat(pieces).length;
    });
    expect((await post()).text).toBe(String(PNG.length));
  });

  it('stays where it is moved to', async () => {
    app = await startUploadApp(({ photo }) => photo?.moveTo(join(app.kept, 'deep/cat')));
    expect((await post()).status).toBe(201);
    await app.untilClean();
    expect(readFileSync(join(app.kept, 'deep/cat'))).toEqual(PNG);
    expect(statSync(join(app.kept, 'deep/cat')).mode & 0o777).toBe(0o600);
    expect(statSync(join(app.kept, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('stays where it is kept', async () => {
    let path: string | undefined;
    app = await startUploadApp(async ({ photo }) => {
      path = await photo?.keep();
      expect(await photo?.keep()).toBe(path);
    });
    expect((await post()).status).toBe(201);
    expect(app.temporaryFiles()).toEqual([path?.split('/').at(-1)]);
    expect(readFileSync(path ?? '')).toEqual(PNG);
    await app.close();
    app = await startUploadApp();
  });

  it('never replaces another, nor takes it along when that fails', async () => {
    app = await startUploadApp(({ photo }) => photo?.moveTo(join(app.kept, 'cat')));
    expect((await post()).status).toBe(201);
    expect((await post(file('a dog', 'dog.txt'))).status).toBe(500);
    await app.untilClean();
    expect(readFileSync(join(app.kept, 'cat'))).toEqual(PNG);
  });

  it('is gone before the answer where the handler fails, also if it was moved', async () => {
    app = await startUploadApp(async ({ photo }) => {
      await photo?.moveTo(join(app.kept, 'cat'));
      throw new Error('Nothing is saved');
    });
    expect((await post()).status).toBe(500);
    expect(existsSync(join(app.kept, 'cat'))).toBe(false);
  });

  it.each([true, false])(
    'is gone where nothing was saved, whatever the handler did: %p',
    async (isRolledBack) => {
      const isFaulty = !isRolledBack;
      app = await startUploadApp(
        async ({ photo }) => {
          await photo?.moveTo(join(app.kept, 'cat'));
          if (isFaulty) throw new Error('After the commit');
        },
        { isRolledBack: () => isRolledBack },
      );
      expect((await post()).status).toBe(isFaulty ? 500 : 201);
      expect(existsSync(join(app.kept, 'cat'))).toBe(!isRolledBack);
    },
  );
});
