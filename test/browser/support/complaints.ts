import type { BrowserContext } from 'playwright-core';

/** What a browser finds wrong with the pages of a site: errors, violated security policies, requests to other hosts. */
export class Complaints {
  private heard: string[] = [];

  constructor(private readonly url: string) {}

  hearFrom(context: BrowserContext): void {
    context.on('weberror', (error) => this.heard.push(error.error().message));
    context.on('console', (message) => {
      // A page with an error status is what some tests ask for; other files are looked at below.
      const isStatus = message.text().startsWith('Failed to load resource: the server responded with');
      if (['error', 'warning'].includes(message.type()) && !isStatus) this.heard.push(message.text());
    });
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== this.url && protocol !== 'data:') this.heard.push(`Another host: ${request.url()}`);
    });
    context.on('response', (response) => {
      const isPage = response.request().isNavigationRequest();
      if (!isPage && response.status() >= 400) this.heard.push(`${response.status()} ${response.url()}`);
    });
  }

  takeAll(): string[] {
    const { heard } = this;
    this.heard = [];
    return heard;
  }
}
