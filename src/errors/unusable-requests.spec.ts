import { once } from 'node:events';
import { Server, ServerOptions, createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { LoggingService } from '../logging/logging.service';
import { answerForNode } from './unusable-requests';

describe('What Node cannot make a request of', () => {
  let server: Server;
  const lines: string[] = [];
  const logging = { clientError: (line: string) => lines.push(line) } as unknown as LoggingService;

  beforeEach(() => void lines.splice(0));
  afterEach(() => server.closeAllConnections());
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const serve = async (options: ServerOptions = {}): Promise<void> => {
    server = createServer(options, (request, response) => {
      request.on('error', () => undefined);
      if (request.url === '/half') response.write('the first half');
      else if (request.url === '/whole') response.end('whole');
      // Whoever sends a body is answered when that is there.
      else request.resume().on('end', () => response.end('read'));
    });
    answerForNode(server, logging);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  };

  /** All that comes back until the connection is closed. */
  const exchange = async (sent: string | Buffer, then?: string): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const received: Buffer[] = [];
    socket.on('data', (data) => received.push(data)).write(sent);
    if (then !== undefined) socket.once('data', () => socket.write(then));
    await once(socket, 'close');
    return Buffer.concat(received).toString();
  };

  const HEAD = 'POST /read HTTP/1.1\r\nHost: a\r\n';

  it.each<[number, string, string | Buffer]>([
    [400, 'no request line', 'nonsense\r\n\r\n'],
    [400, 'an unknown method', 'GOT / HTTP/1.1\r\nHost: a\r\n\r\n'],
    [400, 'HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [400, 'the beginning of TLS', Buffer.from('16030100a5010000a1', 'hex')],
    [400, 'a NUL in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n'],
    [400, 'a header without a colon', 'GET / HTTP/1.1\r\nHost a\r\n\r\n'],
    [400, 'two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
    [400, 'a negative length', `${HEAD}Content-Length: -1\r\n\r\n`],
    [400, 'a length and chunks', `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1`],
    [400, 'broken chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    [413, 'endless extensions of chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(17_000)}`],
    [431, 'headers too large', `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'a'.repeat(17_000)}\r\n\r\n`],
    [431, 'an address too long', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    [501, 'CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('is answered with %i: %s', async (status, _what, sent) => {
    await serve();
    const [head = '', body = ''] = (await exchange(sent)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
    expect(head).toMatch(/^Connection: close$/m);
    expect(head).toMatch(/^Content-Type: text\/html; charset=utf-8$/m);
    expect(head).toMatch(/^Cache-Control: no-store$/m);
    expect(head).toMatch(/^Date: .+ GMT$/m);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(body).toMatch(/^<!doctype html>[^]*<h1>[^<]+<\/h1>\s+<p>[^<]+<\/p>[^]*<\/html>\n$/);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${status} `))]);
  });

  it('is answered with 408 when it takes too long to arrive', async () => {
    await serve({ connectionsCheckingInterval: 20, headersTimeout: 50, requestTimeout: 50 });
    expect(await exchange('GET / HTTP/1.1\r\nHost:')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*<h1>/);
    expect(await exchange(`${HEAD}Content-Length: 2\r\n\r\nx`)).toMatch(/^HTTP\/1\.1 408 [^]*<h1>/);
  });

  it('is still answered where much more of it is on its way', async () => {
    await serve();
    const answer = await exchange(`GET /${'a'.repeat(2_000_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 [^]*<\/html>\n$/);
    expect(lines).toHaveLength(1);
  });

  it('is answered after the requests before it', async () => {
    await serve();
    const answers = await exchange('GET /whole HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n');
    expect(answers).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*whole(HTTP\/1\.1 400 [^]*<\/html>\n)?$/);
  });

  it('does not become a part of an answer that is on its way', async () => {
    await serve();
    const answer = await exchange('GET /half HTTP/1.1\r\nHost: a\r\n\r\n', 'nonsense\r\n\r\n');
    expect(answer).toContain('the first half');
    expect(answer).not.toContain('<h1>');
  });
});
