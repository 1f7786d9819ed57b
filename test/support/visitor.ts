import { HTMLElement, parse } from 'node-html-parser';

export const PASSWORD = 'a long password';

/** An answer of the application, with its page parsed. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly body: string;
  readonly page: HTMLElement;
  /** The page as a person reads it. */
  readonly text: string;
}

/** Somebody with a browser: keeps cookies, sends forms with their CSRF token, does not follow redirects by itself. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  /** @param headers go with every request, such as those of a proxy */
  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Another browser with the same cookies, as after a theft or a restart. */
  withSameCookies(url = this.url): Visitor {
    const twin = new Visitor(url, this.headers);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  /** Posts a form as the browser would from the page that it stands on: with the page's token. */
  async post(
    path: string,
    fields: Record<string, string> = {},
    { from = formPage(path) }: { from?: string } = {},
  ): Promise<Answer> {
    const body = new URLSearchParams({ ...(await this.hiddenFields(from)), ...fields });
    return this.send(path, { method: 'POST', body });
  }

  /** What belongs to the forms of a page: the token and the one-time key. */
  async hiddenFields(from: string): Promise<Record<string, string>> {
    const { page } = await this.get(from);
    const inputs = ['csrf_token', 'submission_key'].flatMap(
      (name) => page.querySelector(`input[name=${name}]`) ?? [],
    );
    if (inputs.length === 0) throw new Error(`There is no form on ${from}`);
    return Object.fromEntries(
      inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    );
  }

  postWithToken(path: string, fields: Record<string, string>, token: string): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, csrf_token: token }),
    });
  }

  async csrfToken(from = '/login'): Promise<string> {
    const { page } = await this.get(from);
    const token = page.querySelector('input[name=csrf_token]')?.getAttribute('value');
    if (!token) throw new Error(`There is no form on ${from}`);
    return token;
  }

  async send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers({ ...this.headers, ...Object.fromEntries(new Headers(init.headers)) });
    headers.set('Cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' });
    this.keepCookies(response.headers.getSetCookie());
    const body = await response.text();
    const page = parse(body);
    return {
      status: response.status,
      location: response.headers.get('Location'),
      headers: response.headers,
      body,
      page,
      text: page.structuredText,
    };
  }

  register(username: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.post('/register', {
      username,
      email: `${username}@example.com`,
      password: PASSWORD,
      password2: PASSWORD,
      ...fields,
    });
  }

  signIn(username: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.post('/login', { username, password: PASSWORD, ...fields });
  }

  signOut(): Promise<Answer> {
    return this.post('/logout');
  }

  /** Whether the application knows who this is. */
  async isSignedIn(): Promise<boolean> {
    return (await this.get('/index')).status === 200;
  }

  private keepCookies(setCookies: string[]): void {
    for (const setCookie of setCookies) {
      const [pair = '', ...attributes] = setCookie.split('; ');
      const [name = '', value = ''] = pair.split('=');
      const isDeleted = attributes.some((attribute) => attribute.startsWith('Expires=Thu, 01 Jan 1970'));
      if (isDeleted) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** The messages beside the fields of a form, by field. */
export function fieldErrors({ page }: Answer): Record<string, string[]> {
  const lists = page.querySelectorAll('.errors[id$="-errors"]');
  return Object.fromEntries(
    lists.map((list) => [
      list.id.replace('-errors', ''),
      list.querySelectorAll('li').map((item) => item.text.trim()),
    ]),
  );
}

function formPage(path: string): string {
  return path.startsWith('/posts') ? '/index' : path;
}
