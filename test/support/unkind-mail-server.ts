import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a mail server may say no. */
export type Stage = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end of data';

const KIND: Record<Stage, string> = {
  greeting: '220 unkind.example ESMTP',
  EHLO: '250-unkind.example\r\n250-AUTH PLAIN\r\n250 8BITMIME',
  AUTH: '235 Accepted',
  MAIL: '250 OK',
  RCPT: '250 OK',
  DATA: '354 Go on',
  'end of data': '250 Taken',
};

/** A mail server that answers one stage as it is told to, which no library for well-behaved servers does. */
export class UnkindMailServer {
  /** What it answers at which stage; `hang up` closes the connection instead. */
  unkindness: Partial<Record<Stage, string>> = {};
  /** Whom alone it is unkind to; everybody, unless given. */
  victim?: string;
  /** Recipients, in the order in which their mails were taken. */
  readonly taken: string[] = [];
  /** How often it was unkind. */
  refusals = 0;
  connections = 0;
  private readonly server: Server = createServer((socket) => this.serve(socket));

  async open(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  /** Waits until so many mails were taken. */
  async hasTaken(count: number): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (this.taken.length < count) {
      if (performance.now() > deadline)
        throw new Error(`${this.taken.length} mails were taken, not ${count}`);
      await sleep(10);
    }
  }

  private serve(socket: Socket): void {
    this.connections += 1;
    let recipient = '';
    let isData = false;
    let received = '';
    const answer = (stage: Stage) => {
      const isVictim = this.victim === undefined || recipient === this.victim;
      const unkind = isVictim ? this.unkindness[stage] : undefined;
      if (unkind !== undefined) this.refusals += 1;
      if (stage === 'end of data' && unkind === undefined) this.taken.push(recipient);
      isData = stage === 'DATA' && unkind === undefined;
      if (unkind === 'hang up') socket.destroy();
      else socket.write(`${unkind ?? KIND[stage]}\r\n`);
      if (unkind?.startsWith('421')) socket.end();
    };
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      if (isData) {
        if (!received.endsWith('\r\n.\r\n')) return;
        received = '';
        answer('end of data');
        return;
      }
      if (!received.endsWith('\r\n')) return;
      const [verb = ''] = received.split(/[ :\r]/);
      recipient = /^RCPT TO:<(.+?)>/.exec(received)?.[1] ?? recipient;
      received = '';
      if (verb === 'QUIT') socket.end('221 Bye\r\n');
      else answer(verb as Stage);
    });
    answer('greeting');
  }
}
