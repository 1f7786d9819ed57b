import type { Response } from 'express';

/** How often something is sent, so that proxies keep the connection open. */
const PING_INTERVAL_MS = 20_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Server-Sent Events to all pages that are open. */
export class ChangeStream<News extends object> {
  private readonly listeners = new Map<Response, (news: News) => object>();
  private ping?: NodeJS.Timeout;
  private readonly end = () => this.close();

  /** @param first what a page is told at once */
  constructor(private readonly first: () => Promise<News>) {}

  /** @param select what of the news this page is told */
  async open(response: Response, select: (news: News) => object): Promise<void> {
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // The end of the stream is the end of the connection, or the page would hold up the server's when that stops.
      Connection: 'close',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    this.add(response, select);
    const first = await this.first();
    if (!response.writableEnded) response.write(eventOf(select(first)));
  }

  /** Whether there is a page that listens. */
  get isHeard(): boolean {
    return this.listeners.size > 0;
  }

  tell(news: News): void {
    for (const [response, select] of this.listeners) response.write(eventOf(select(news)));
  }

  close(): void {
    for (const response of this.listeners.keys()) response.end();
  }

  private add(response: Response, select: (news: News) => object): void {
    if (!this.isHeard) this.begin();
    this.listeners.set(response, select);
    response.once('close', () => {
      this.listeners.delete(response);
      if (!this.isHeard) this.rest();
    });
  }

  /**
   * The server waits for its answers before it closes the application, so that the signal itself must end these. Not listened to
   * before there is one: before the server is there, the signal ends the process only if nobody listens.
   */
  private begin(): void {
    for (const signal of SIGNALS) process.on(signal, this.end);
    this.ping = setInterval(() => {
      for (const response of this.listeners.keys()) response.write(': still here\n\n');
    }, PING_INTERVAL_MS).unref();
  }

  private rest(): void {
    for (const signal of SIGNALS) process.off(signal, this.end);
    clearInterval(this.ping);
  }
}

function eventOf(news: object): string {
  return `data: ${JSON.stringify(news)}\n\n`;
}
