import { parse } from 'node-html-parser';

/** A PNG of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

export type Parts = readonly (readonly [name: string, value: string | File])[];

export const SIGNED_IN = { 'X-User': 'susan' };

/** A form as a browser makes it; the token comes first, as in the forms of the application. */
export function formData(parts: Parts, token = 'token'): FormData {
  const data = new FormData();
  data.append('csrf_token', token);
  for (const [name, value] of parts) data.append(name, value);
  return data;
}

export function file(content: string | Buffer, name: string, type = 'application/octet-stream'): File {
  return new File([content], name, { type });
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Messages by the name of the field; those above the form under an empty one. */
  readonly messages: Readonly<Record<string, readonly string[]>>;
  /** What the form shows in its title again. */
  readonly title: string | undefined;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const root = parse(text);
  const lists = root.querySelectorAll('ul.errors').map((list) => {
    const messages = list.querySelectorAll('li').map(({ textContent }) => textContent);
    return [list.id.replace('-errors', ''), messages] as const;
  });
  return {
    status: response.status,
    text,
    messages: Object.fromEntries(lists),
    title: root.querySelector('#title')?.getAttribute('value'),
  };
}

/** Sends a form as a browser does. */
export async function send(
  url: string,
  parts: Parts,
  { token, headers = SIGNED_IN }: { token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return answerOf(await fetch(url, { method: 'POST', headers, body: formData(parts, token) }));
}

/** Sends a body as it is written. */
export async function sendRaw(url: string, type: string, body: string | Buffer): Promise<Answer> {
  const headers = { ...SIGNED_IN, 'Content-Type': type };
  return answerOf(await fetch(url, { method: 'POST', headers, body }));
}

export const MULTIPART = 'multipart/form-data; boundary=x';

/** Parts as they are written, with their headers, between boundaries. */
export function rawBody(...parts: readonly string[]): string {
  return [...parts.map((part) => `--x\r\n${part}\r\n`), '--x--\r\n'].join('');
}

export const TOKEN_PART = 'Content-Disposition: form-data; name="csrf_token"\r\n\r\ntoken';
export const TITLE_PART = 'Content-Disposition: form-data; name="title"\r\n\r\nMy cat';

/** @param disposition what comes behind the name, such as `filename="cat.png"` */
export function filePart(disposition: string, content: string, type = 'application/octet-stream'): string {
  return `Content-Disposition: form-data; name="photo"; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}`;
}
