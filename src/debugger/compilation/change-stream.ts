import type { RequestHandler, Response } from 'express';

/** So that what stands between does not take the connection for dead, in milliseconds. */
const PING = 20_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Server-Sent Events to all pages that are open. */
export class ChangeStream {
  private readonly responses = new Set<Response>();
  private ping?: NodeJS.Timeout;
  private readonly end = () => this.close();

  /** @param first what a page is told at once */
  constructor(private readonly first: () => Promise<object>) {}

  readonly handler: RequestHandler = async (_request, response) => {
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // The end of the stream is the end of the connection, or the page would hold up the server's when that stops.
      Connection: 'close',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    this.add(response);
    const first = await this.first();
    if (!response.writableEnded) response.write(eventOf(first));
  };

  tell(news: object): void {
    for (const response of this.responses) response.write(eventOf(news));
  }

  close(): void {
    for (const response of this.responses) response.end();
  }

  private add(response: Response): void {
    if (this.responses.size === 0) this.begin();
    this.responses.add(response);
    response.once('close', () => {
      this.responses.delete(response);
      if (this.responses.size === 0) this.rest();
    });
  }

  /**
   * The server waits for its answers before it closes the application, so that the signal itself must end these. Not listened to
   * before there is one: before the server is there, the signal ends the process only if nobody listens.
   */
  private begin(): void {
    for (const signal of SIGNALS) process.on(signal, this.end);
    this.ping = setInterval(() => {
      for (const response of this.responses) response.write(': still here\n\n');
    }, PING).unref();
  }

  private rest(): void {
    for (const signal of SIGNALS) process.off(signal, this.end);
    clearInterval(this.ping);
  }
}

function eventOf(news: object): string {
  return `data: ${JSON.stringify(news)}\n\n`;
}
