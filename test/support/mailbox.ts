import { ParsedMail, simpleParser } from 'mailparser';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** What the mail server does with a mail: takes it, refuses it, drops the connection, or never answers. */
export type Manner = 'take' | 'refuse' | 'drop' | 'hang';

/** A real SMTP server, and what it has taken. */
export class Mailbox {
  manner: Manner = 'take';
  /** Addresses for which it refuses mail. */
  readonly unknown = new Set<string>();
  readonly mails: ParsedMail[] = [];
  /** Of the mails in bytes, as they came over the wire. */
  readonly sizes: number[] = [];
  private readonly server: SMTPServer;

  /** Of each mail, whether it came over TLS. */
  readonly secure: boolean[] = [];
  /** Who has signed in. */
  readonly logins: string[] = [];

  /** @param offersTls with a certificate that nobody has signed */
  constructor({ offersTls = false } = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      // It warns of its own certificate otherwise, which is the very one that is needed here.
      logger: false,
      disabledCommands: offersTls ? [] : ['STARTTLS'],
      onAuth: ({ username = '' }, _session, callback) => {
        this.logins.push(username);
        callback(null, { user: username });
      },
      onRcptTo: ({ address }, _session, callback) => {
        const isUnknown = this.unknown.has(address);
        callback(isUnknown ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null);
      },
      onData: (stream, session, callback) => {
        let size = 0;
        stream.on('data', (chunk: Buffer) => (size += chunk.length));
        const ignore = () => undefined;
        // Some tests cut the connection in the middle of a mail.
        stream.on('error', ignore);
        void simpleParser(stream).then((mail) => {
          if (this.manner === 'hang') return;
          if (this.manner === 'drop') this.dropAll();
          else if (this.manner === 'refuse')
            callback(Object.assign(new Error('Not now'), { responseCode: 451 }));
          else {
            this.mails.push(mail);
            this.sizes.push(size);
            this.secure.push(session.secure);
            callback();
          }
        }, ignore);
      },
    });
    this.server.on('error', () => undefined);
  }

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server.server, 'listening');
  }

  /** What makes the application use it. */
  get settings(): Record<string, string> {
    const { port } = this.server.server.address() as AddressInfo;
    return {
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(port),
      ADMINS: 'admin@example.com',
      MAIL_DEFAULT_SENDER: 'microblog@example.com',
    };
  }

  /** Mends the server: connections that hang are cut, and new ones are served well. */
  reopen(): void {
    this.manner = 'take';
    this.dropAll();
  }

  /** Waits until so many mails are there. */
  async arrived(count: number): Promise<ParsedMail[]> {
    const deadline = performance.now() + 10_000;
    while (this.mails.length < count) {
      if (performance.now() > deadline) throw new Error(`${this.mails.length} mails came, not ${count}`);
      await sleep(10);
    }
    return this.mails;
  }

  async close(): Promise<void> {
    this.dropAll();
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private dropAll(): void {
    for (const connection of this.server.connections) {
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
  }
}
