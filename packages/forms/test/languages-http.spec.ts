import type { DynamicModule, Type } from '@nestjs/common';
import { request as httpRequest, createServer } from 'node:http';
import { FormsModule } from '../src';
import { startLanguageApp } from './language-app';

const REQUIRED = {
  en: 'This field is required.',
  de: 'Dieses Feld muss ausgefüllt werden.',
  fr: 'Ce champ est obligatoire.',
};

let app: Awaited<ReturnType<typeof startLanguageApp>> | undefined;
let url = '';

async function start(forms: Type | DynamicModule): Promise<void> {
  app = await startLanguageApp(forms);
  url = await app.getUrl();
}

afterEach(() => app?.close());

async function send(language: string | undefined, name = '', path = '/'): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    body: new URLSearchParams({ name }),
    // Without one, fetch() sends a star.
    headers: language === undefined ? {} : { 'Accept-Language': language },
  });
}

async function messageFor(language: string | undefined, name?: string, path?: string): Promise<string> {
  const page = await (await send(language, name, path)).text();
  return /<li>(.*?)<\/li>/.exec(page)?.[1] ?? page;
}

describe('the language of a request', () => {
  it.each<[string | undefined, keyof typeof REQUIRED]>([
    [undefined, 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['fr-CA, fr;q=0.9, en;q=0.8', 'fr'],
    ['en;q=0.2, fr;q=0.3, de;q=0.9', 'de'],
    ['en-GB, de;q=0.9', 'en'],
    ['es, fr;q=0.4', 'fr'],
    ['es', 'en'],
    ['de;q=0', 'en'],
    ['de;q=0, *;q=0.5', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;;,,,q=q;=', 'en'],
    ['de;q=NaN', 'en'],
    ['__proto__, constructor', 'en'],
    ['de,'.repeat(4_000), 'en'],
    [`${'a-'.repeat(5_000)}de`, 'en'],
    [' '.repeat(5_000) + 'x', 'en'],
  ])('for %p is %s', async (header, locale) => {
    await start(FormsModule.forRoot({}));
    expect(await messageFor(header)).toBe(REQUIRED[locale]);
  });

  it('is found in a header of 100 kB, where a server takes one, without a wait', async () => {
    await start(FormsModule.forRoot({}));
    const handle = app?.getHttpAdapter().getInstance() as Parameters<typeof createServer>[1];
    const server = createServer({ maxHeaderSize: 200_000 }, handle).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const { port } = server.address() as { port: number };
      const headers = { 'Accept-Language': 'de-'.repeat(33_000) + 'x' };
      const startedAt = Date.now();
      const status = await new Promise((resolve, reject) => {
        httpRequest({ port, host: '127.0.0.1', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(200);
      expect(Date.now() - startedAt).toBeLessThan(1_000);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('is that of everything that a page says', async () => {
    await start(FormsModule.forRoot({ translations: { de: { Name: 'Vorname' } } }));
    const page = await fetch(url, { headers: { 'Accept-Language': 'de' } });
    expect(page.headers.get('vary')).toContain('Accept-Language');
    const html = await page.text();
    expect(html).toContain('Ungültige Eingabe.');
    expect(html).toContain('>Vorname</label>');
    expect(await messageFor('de', 'x'.repeat(10))).toBe('Das Feld darf höchstens 9 Zeichen lang sein.');
    expect(await messageFor('de', 'taken')).toBe('Die Zahl muss mindestens 1,5 sein.');
    expect(await messageFor('de', 'late')).toBe('Dieses Formular ist abgelaufen. Bitte noch einmal senden.');
    expect(await messageFor('de', 'large')).toBe(
      'Das ist zu viel auf einmal: Erlaubt sind höchstens 1,5 MB.',
    );
    expect(await messageFor('en', 'large')).toBe(
      'This is too much to send at once: at most 1.5 MB are allowed.',
    );
  });

  it('is English for all with the module alone', async () => {
    await start(FormsModule);
    const response = await send('de');
    expect(response.headers.get('vary')).toBeNull();
    expect(await response.text()).toContain(REQUIRED.en);
  });

  it('is what the application says', async () => {
    const localeOf = ({ query }: { query: Record<string, unknown> }) => query.lang as string | undefined;
    await start(FormsModule.forRootAsync({ useFactory: () => ({ localeOf }) }));
    expect(await messageFor('fr', '', '/?lang=de-CH')).toBe(REQUIRED.de);
    expect(await messageFor('fr', '', '/?lang=xx')).toBe(REQUIRED.en);
    expect(await messageFor('fr')).toBe(REQUIRED.fr);
  });

  it('is one of those that the application has', async () => {
    await start(FormsModule.forRoot({ locales: ['de', 'en'] }));
    expect(await messageFor('fr')).toBe(REQUIRED.de);
    expect(await messageFor('en')).toBe(REQUIRED.en);
  });
});
