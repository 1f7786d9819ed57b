import { domainToASCII } from 'node:url';

/** "A valid e-mail address" of the HTML standard, which browsers check after making the domain ASCII. */
const HTML_EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** In characters (RFC 1035). */
const LONGEST_DOMAIN = 255;

/**
 * Why a browser would refuse a text in an input of that type, whatever the validators say. The server refuses it as
 * well, so that nobody is told two things. (https://html.spec.whatwg.org/multipage/input.html)
 */
export function inputRefuses(type: string | undefined, text: string): string | undefined {
  if (type === 'email' && !isHtmlEmail(text)) return 'Invalid email address.';
  if (type === 'url' && !URL.canParse(text)) return 'Invalid URL.';
  return undefined;
}

/** What an input of type email or url makes of what is typed: blanks of ASCII around it are cut off. */
export function inputText(typed: unknown): string {
  if (typeof typed !== 'string') return '';
  let [start, end] = [0, typed.length];
  while (start < end && isAsciiBlank(typed, start)) start += 1;
  while (end > start && isAsciiBlank(typed, end - 1)) end -= 1;
  return typed.slice(start, end);
}

function isAsciiBlank(text: string, index: number): boolean {
  return ' \t\r\n\f'.includes(text.charAt(index));
}

function isHtmlEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  if (at < 0 || domain.length > LONGEST_DOMAIN) return false;
  if (/^[\0-\x7f]*$/.test(domain)) return HTML_EMAIL.test(text);
  // What `domainToASCII` would take for the end of a host, or decode.
  if (/[\0-,/:-@[-`{-\x7f]/.test(domain)) return false;
  if (domain.split('.').some((label) => /^-|-$|^(?!xn)..--/iu.test(label))) return false;
  return HTML_EMAIL.test(`${text.slice(0, at)}@${domainToASCII(domain)}`);
}
