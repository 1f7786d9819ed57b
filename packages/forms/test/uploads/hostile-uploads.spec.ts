import { once } from 'node:events';
import { Socket, connect } from 'node:net';
import { UploadApp, facts, hasToken, startUploadApp, until } from './upload-app';
import {
  MULTIPART,
  PNG,
  SIGNED_IN,
  TITLE_PART,
  TOKEN_PART,
  file,
  filePart,
  rawBody,
  send,
  sendRaw,
} from './multipart';

const KB = 1024;
const LIMITS = { fileBytes: 100 * KB, totalBytes: 400 * KB, files: 3, fields: 10 };
const BROKEN = 'The upload did not arrive completely. Please send it again.';
const TOO_MUCH = 'This is too much to send at once: at most 400 kB are allowed.';

describe('An upload', () => {
  let app: UploadApp;
  let handled: number;

  beforeAll(async () => {
    const handle = (dto: Parameters<typeof facts>[0]) => {
      handled += 1;
      return facts(dto);
    };
    app = await startUploadApp(handle, { limits: LIMITS });
  });
  beforeEach(() => (handled = 0));
  afterEach(() => app.untilClean());
  afterAll(() => app.close());

  const post = (...args: Parameters<typeof send> extends [string, ...infer R] ? R : never) =>
    send(`${app.url}/photos`, ...args);
  const postRaw = (body: string | Buffer, type = MULTIPART) => sendRaw(`${app.url}/photos`, type, body);
  const bytes = (count: number) => file(Buffer.alloc(count, 'x'), 'x.txt');

  describe('that is too large', () => {
    it('is one byte more than a file may have', async () => {
      const take = (count: number) =>
        post([
          ['photo', bytes(count)],
          ['title', 'After it'],
        ]);
      expect(await take(LIMITS.fileBytes)).toMatchObject({ status: 201 });
      expect(await take(LIMITS.fileBytes + 1)).toMatchObject({
        status: 422,
        title: 'After it',
        messages: { photo: ['This file is too large: at most 100 kB are allowed.'] },
      });
    });

    it('is told beside its field among all that is wrong', async () => {
      const { messages } = await post([['others', bytes(200 * KB)]]);
      expect(messages).toEqual({
        title: ['This field is required.'],
        others: ['This file is too large: at most 100 kB are allowed.'],
      });
    });

    it('gets 413 where all of it is, with what was typed until then', async () => {
      const answer = await post([
        ['title', 'Before it'],
        ['photo', bytes(50 * KB)],
        ['others', bytes(500 * KB)],
      ]);
      expect(answer).toMatchObject({ status: 413, title: 'Before it', messages: { others: [TOO_MUCH] } });
    });

    it('gets 413 without saying how large it is', async () => {
      const pieces = [
        Buffer.from(`--x\r\n${TITLE_PART}\r\n--x\r\n${filePart('filename="a"', '')}`),
        ...Array.from({ length: 10 }, () => Buffer.alloc(50 * KB, 'x')),
      ];
      const headers = { ...SIGNED_IN, 'Content-Type': MULTIPART };
      const init = { method: 'POST', headers, body: ReadableStream.from(pieces), duplex: 'half' };
      expect((await fetch(`${app.url}/photos`, init as RequestInit)).status).toBe(413);
    });

    it('gets 413 while it is still being sent, and may be sent on to nowhere', async () => {
      const socket = connect(app.port, '127.0.0.1');
      const answered = once(socket, 'data');
      socket.write(
        `POST /photos HTTP/1.1\r\nHost: x\r\nX-User: susan\r\nContent-Type: ${MULTIPART}\r\nContent-Length: 1000000000\r\n\r\n`,
      );
      socket.write(`--x\r\n${TITLE_PART}\r\n--x\r\n${filePart('filename="a"', '')}`);
      const sending = setInterval(() => socket.write(Buffer.alloc(50 * KB, 'x')), 1);
      const [answer] = (await answered) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 413/);
      expect(app.temporaryFiles()).toEqual([]);
      clearInterval(sending);
      socket.destroy();
    });

    it('has too many files', async () => {
      const answer = await post([
        ['title', 'Mine'],
        ...Array.from({ length: 4 }, () => ['others', bytes(9)] as const),
      ]);
      expect(answer).toMatchObject({
        status: 422,
        title: 'Mine',
        messages: { others: ['At most 3 files can be sent at once.'] },
      });
    });

    it.each([
      ['files', (index: number) => filePart(`filename="${index}.txt"`, 'x')],
      ['parts that are none', () => 'Content-Type: text/plain\r\n\r\nx'],
      ['files of no field', () => filePart('filename="a"', 'x').replace('"photo"', '"nobody"')],
    ])('has 1,500 %s', async (_name, part) => {
      const parts = Array.from({ length: 1_500 }, (_one, index) => part(index));
      expect(await postRaw(rawBody(TOKEN_PART, TITLE_PART, ...parts))).toMatchObject({
        status: 413,
        title: 'My cat',
      });
    });

    it('has 1,000 texts', async () => {
      const parts = Array.from({ length: 1_000 }, () => ['others', 'x'] as const);
      expect(await post([['title', 'Mine'], ...parts])).toMatchObject({ status: 413, title: 'Mine' });
    });

    it('has more text than another form may have', async () => {
      expect(await post([['title', 'x'.repeat(150 * KB)]])).toMatchObject({
        status: 413,
        title: 'x'.repeat(150 * KB),
      });
    });
  });

  describe('that is broken', () => {
    it('gets 400 without a boundary', async () => {
      expect(await postRaw(rawBody(TOKEN_PART), 'multipart/form-data')).toMatchObject({
        status: 400,
        messages: {},
        text: expect.stringContaining('The upload does not say where its parts end.') as string,
      });
    });

    it.each([
      ['has another boundary than it says', rawBody(TITLE_PART).replaceAll('--x', '--y'), ''],
      [
        'has a part without an end',
        `--x\r\n${TITLE_PART}\r\n--x\r\n${filePart('filename="a"', 'abc')}`,
        'My cat',
      ],
      ['ends in a header', `--x\r\n${TITLE_PART}\r\n--x\r\nContent-Dispo`, 'My cat'],
      ['has a header that is none', `--x\r\n${TITLE_PART}\r\n--x\r\n\0: x\r\n\r\nx\r\n--x--`, 'My cat'],
      [
        'has a header without end',
        `--x\r\n${TITLE_PART}\r\n--x\r\nA: ${'x'.repeat(20_000)}\r\n\r\nx\r\n--x--`,
        'My cat',
      ],
      ['is nothing', '', ''],
    ])('gets 400 where it %s', async (_name, body, title) => {
      const answer = await postRaw(body);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(BROKEN);
      expect(answer.title).toBe(title);
    });

    it('says so beside the file that it was about', async () => {
      const answer = await postRaw(`--x\r\n${TITLE_PART}\r\n--x\r\n${filePart('filename="a"', 'abc')}`);
      expect(answer.messages).toEqual({ photo: [BROKEN] });
    });
  });

  describe('that is aborted', () => {
    const head = (length: number) =>
      `POST /photos HTTP/1.1\r\nHost: x\r\nX-User: susan\r\nContent-Type: ${MULTIPART}\r\nContent-Length: ${length}\r\n\r\n`;
    const begin = async (): Promise<Socket> => {
      const socket = connect(app.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(head(300 * KB));
      socket.write(`--x\r\n${TOKEN_PART}\r\n--x\r\n${filePart('filename="a"', 'x'.repeat(40 * KB))}`);
      await until(() => app.temporaryFiles().length > 0);
      return socket;
    };

    it('leaves no file', async () => {
      (await begin()).destroy();
      await app.untilClean();
      expect(handled).toBe(0);
    });

    it('leaves no file where two are', async () => {
      const sockets = await Promise.all([begin(), begin()]);
      await until(() => app.temporaryFiles().length === 2);
      sockets[0].destroy();
      await until(() => app.temporaryFiles().length === 1);
      sockets[1].resetAndDestroy();
      await app.untilClean();
    });
  });

  describe('of somebody who may not', () => {
    it('writes nothing where a guard before refuses it', async () => {
      expect(await post([['photo', bytes(9)]], { headers: {} })).toMatchObject({ status: 401 });
    });

    it('is refused for its token as any form is', async () => {
      const parts = [
        ['title', 'My cat'],
        ['photo', bytes(9)],
      ] as const;
      expect(await post(parts, { token: 'wrong' })).toMatchObject({ status: 403, title: 'My cat' });
      expect(handled).toBe(0);
    });
  });

  describe('that lies', () => {
    it.each([
      ['C:\\\\fakepath\\\\cat.txt', 'cat.txt'],
      ['../../etc/passwd', 'passwd'],
      ['..', 'file'],
      ['a\u202egpj.exe', 'agpj.exe'],
      ['Ünï\u00e9.txt', 'Ünï\u00e9.txt'],
      ['a\\"b.txt', 'a"b.txt'],
      [`${'x'.repeat(300)}.txt`, 'x'.repeat(255)],
    ])('about its name, %s, has only its last part', async (name, expected) => {
      const { text } = await postRaw(rawBody(TOKEN_PART, TITLE_PART, filePart(`filename="${name}"`, 'x')));
      expect(JSON.parse(text)).toMatchObject({ photo: { originalName: expected } });
    });

    it.each([
      ["UTF-8''%e2%82%ac%20rates.txt", '€ rates.txt'],
      ["UTF-8''..%2F..%2Fetc%2Fpass%00wd", 'passwd'],
      ["iso-8859-1'en'%A3.txt", '£.txt'],
    ])('about its name in the way of RFC 5987, %s, has only its last part', async (name, expected) => {
      const { text } = await postRaw(rawBody(TOKEN_PART, TITLE_PART, filePart(`filename*=${name}`, 'x')));
      expect(JSON.parse(text)).toMatchObject({ photo: { originalName: expected } });
    });

    it('about its type is known by its content', async () => {
      const answer = await post([
        ['title', 'My cat'],
        ['others', file('<html>', 'cat.png', 'image/png')],
        ['others', file(PNG, 'cat.html', 'text/html')],
        ['others', file('\0\x01\x02', 'cat.txt', 'text/plain')],
      ]);
      const { others } = JSON.parse(answer.text) as { others: { mimeType: string }[] };
      expect(others.map(({ mimeType }) => mimeType)).toEqual([
        'text/plain',
        'image/png',
        'application/octet-stream',
      ]);
    });

    it('about its name, which is missing, is no file unless it has content', async () => {
      const take = (content: string) =>
        postRaw(rawBody(TOKEN_PART, TITLE_PART, filePart('filename=""', content)));
      expect(await take('')).toMatchObject({ status: 201 });
      expect(await take('x')).toMatchObject({ status: 422, messages: { photo: ['This file has no name.'] } });
    });

    it('about its field is no text', async () => {
      const parts = [TOKEN_PART, filePart('filename="a"', 'x').replace('"photo"', '"title"')];
      expect(await postRaw(rawBody(...parts))).toMatchObject({
        status: 422,
        messages: { title: expect.arrayContaining(['This field is required.']) as string[] },
      });
    });

    it('about the names of its fields reaches no prototype', async () => {
      const part = (name: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\nx`;
      const parts = ['__proto__', 'constructor', 'toString'].map(part);
      expect(await postRaw(rawBody(TOKEN_PART, TITLE_PART, ...parts))).toMatchObject({ status: 201 });
    });
  });

  it('keeps its file while the handler is at work, though the sender has gone', async () => {
    let goOn: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (goOn = resolve));
    let content: unknown;
    let isAtWork = false;
    const slow = await startUploadApp(async (dto) => {
      isAtWork = true;
      await gone;
      content = await facts(dto);
    });
    const abort = new AbortController();
    const body = new FormData();
    for (const [name, value] of [
      ['csrf_token', 'token'],
      ['title', 'Mine'],
      ['photo', file('abc', 'a.txt')],
    ] as const)
      body.append(name, value);
    const answer = fetch(`${slow.url}/photos`, {
      method: 'POST',
      headers: SIGNED_IN,
      body,
      signal: abort.signal,
    });
    await until(() => isAtWork);
    abort.abort();
    await expect(answer).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    goOn();
    await slow.untilClean();
    expect(content).toMatchObject({ photo: { content: 'abc' } });
    await slow.close();
  });

  it('is refused before its files are written where the token comes first', async () => {
    let written = -1;
    const early: UploadApp = await startUploadApp(facts, {
      beforeFiles: (context) => {
        written = early.temporaryFiles().length;
        return hasToken(context);
      },
    });
    const parts = [
      ['title', 'My cat'],
      ['photo', file('x'.repeat(1_000_000), 'a.txt')],
    ] as const;
    expect(await send(`${early.url}/photos`, parts, { token: 'wrong' })).toMatchObject({
      status: 403,
      title: 'My cat',
      messages: {},
      text: expect.stringContaining('This form has expired.') as string,
    });
    expect(await send(`${early.url}/photos`, parts)).toMatchObject({ status: 201 });
    expect(written).toBe(0);
    await early.untilClean();
    await early.close();
  });
});
