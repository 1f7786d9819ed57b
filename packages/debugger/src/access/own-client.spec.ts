import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Server, createServer } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOwnClient } from './own-client';

/** In JavaScript, as all that the programs below do: sends one request, and keeps the connection. */
const ASK = `http.get({ port, host: '127.0.0.1', agent: new http.Agent({ keepAlive: true }) }, (answer) => answer.resume());`;
/** A program of its own that is given a connection as its input, as a super-server does. */
const GIVEN = `const http = require('node:http'); const port = PORT; ${ASK} process.stdin.resume();`;
/** Another program, which takes connections at an address that is not loopback. */
const FAR = `require('node:net').createServer().listen(0, '0.0.0.0', function () { console.log(this.address().port); });
  process.stdin.resume().on('end', () => process.exit());`;

describe('isOwnClient', () => {
  let server: Server;
  let port: number;
  let directory: string;
  const verdicts: boolean[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'debugger-'));
    server = createServer((request, response) => {
      verdicts.push(isOwnClient(request.socket));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    verdicts.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true });
  });

  const verdictOn = async (code: string, program = process.execPath): Promise<boolean> => {
    const asked = once(server, 'request');
    const modules = ['http', 'net', 'dgram', 'os', 'child_process'];
    const script = [
      ...modules.map((name) => `const ${name} = require('node:${name}');`),
      `const port = ${port}; ${code}; process.stdin.resume();`,
    ].join('\n');
    children.push(spawn(program, ['--eval', script], { stdio: ['pipe', 'ignore', 'inherit'] }));
    await asked;
    return verdicts.at(-1) ?? false;
  };

  it('is so for a program that only asks', async () => {
    expect(await verdictOn(ASK)).toBe(true);
  });

  it('is so for curl', async () => {
    const curl = spawn('curl', ['--silent', `http://127.0.0.1:${port}`]);
    await once(curl, 'exit');
    expect(verdicts).toEqual([true]);
  });

  it('stays so for the whole connection', async () => {
    const code = `const agent = new http.Agent({ keepAlive: true });
      const ask = (next) => http.get({ port, host: '127.0.0.1', agent }, (answer) => answer.resume().on('end', next));
      ask(() => setImmediate(ask));`;
    await verdictOn(code);
    if (verdicts.length < 2) await once(server, 'request');
    expect(verdicts).toEqual([true, true]);
  });

  it.each<[string, () => string]>([
    ['a proxy', () => `net.createServer().listen(0, () => { ${ASK} });`],
    ['a proxy for this machine alone', () => `net.createServer().listen(0, '127.0.0.1', () => { ${ASK} });`],
    [
      'a proxy that takes connections in the file system',
      () => `net.createServer().listen('${join(directory, 'socket')}', () => { ${ASK} });`,
    ],
    ['a tunnel over UDP', () => `const udp = dgram.createSocket('udp4'); udp.bind(0, () => { ${ASK} });`],
    [
      'a tunnel that has called its server',
      () => `const address = Object.values(os.networkInterfaces()).flat().find((each) => each.family === 'IPv4' && !each.internal).address;
        const far = child_process.spawn(process.execPath, ['--eval', ${JSON.stringify(FAR)}], { stdio: ['pipe', 'pipe', 'inherit'] });
        far.stdout.once('data', (text) => net.connect(Number(text), address, () => { ${ASK} }));`,
    ],
    [
      'one that was given the connection of somebody else',
      () => `const give = (socket) => child_process.spawn(process.execPath, ['--eval', ${JSON.stringify(GIVEN)}.replace('PORT', port)], { stdio: [socket._handle, 'ignore', 'inherit'] });
        const near = net.createServer(give).listen(0, '127.0.0.1', () => net.connect(near.address().port, '127.0.0.1'));`,
    ],
  ])('is not so for %s', async (_what, code) => {
    expect(await verdictOn(code())).toBe(false);
  });

  it('is so for a browser, which is known by its program, whatever else it is connected to', async () => {
    const browser = join(directory, 'firefox');
    copyFileSync(process.execPath, browser);
    expect(await verdictOn(`net.createServer().listen(0, () => { ${ASK} });`, browser)).toBe(true);
  });

  it('is not so for this process itself, which takes connections', async () => {
    const socket = new Socket().connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    await once(socket, 'data');
    expect(verdicts).toEqual([false]);
  });

  it('is not so for what is no connection, or not any more', () => {
    expect(isOwnClient(new Socket())).toBe(false);
  });
});
