import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { limitConnections } from '../../src/connection-limits';
import { TestApp } from '../support/test-app';

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe('A connection', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const server = () => app.nest.getHttpServer();
  const open = () => connect(portOf(server()), '127.0.0.1');

  it('that sends several requests without waiting gets all responses, in their order', async () => {
    const socket = open();
    socket.write(
      get('/nope') + get('/login') + get('/healthz').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
    );
    const statuses = (await text(socket)).match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 200']);
  });

  it('that sends thousands without waiting gets a few, is told of its end, and delays nobody', async () => {
    let handled = 0;
    const count = () => handled++;
    const socket = open();
    server().on('request', count);
    socket.write(get('/healthz').repeat(5_000));
    const answer = await text(socket);
    server().off('request', count);
    const responses = answer.split(/(?=HTTP\/1\.1 \d)/);
    expect(responses.length).toBeGreaterThan(1);
    expect(responses.length).toBeLessThan(20);
    const ends = responses.map((response) => /^Connection: close/im.test(response));
    expect(ends).toEqual([...Array<boolean>(responses.length - 1).fill(false), true]);
    // What was read in one go is parsed, but no more than that.
    expect(handled).toBeLessThan(5_000);
    expect((await app.visitor().get('/healthz')).status).toBe(200);
  });

  it('is bounded in how slowly a request may come, to much less than the five minutes of Node', () => {
    expect(server().headersTimeout).toBeLessThanOrEqual(20_000);
    expect(server().requestTimeout).toBeLessThanOrEqual(60_000);
    expect(server().timeout).toBeGreaterThan(0);
  });
});

describe('A request that arrives too slowly', () => {
  const listening = async (handle: RequestListener) => {
    const server = createServer({ connectionsCheckingInterval: 10 }, handle);
    limitConnections(server);
    Object.assign(server, { headersTimeout: 50, requestTimeout: 50 });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return server;
  };

  it.each([
    ['with half its head', 'GET /login HTTP/1.1\r\nHos'],
    ['with half its body', 'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf'],
  ])('%s is answered with 408', async (_case, sent) => {
    const server = await listening((request, response) => {
      request.on('end', () => response.end()).resume();
      request.on('error', () => undefined);
    });
    const socket = connect(portOf(server), '127.0.0.1');
    socket.write(sent);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 .*\r\nConnection: close\r\n/);
    server.close();
  });
});
