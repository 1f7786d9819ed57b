import Handlebars from 'handlebars';
import LinkifyIt from 'linkify-it';

const { escapeExpression, SafeString } = Handlebars;

/** Only `http://` and `https://`: without a scheme `index.js` would become a link, and other schemes can be dangerous. */
const LINKIFY = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
for (const schema of ['ftp:', 'mailto:', '//']) LINKIFY.add(schema, null as unknown as string);

/** They can make an address look like a different one. */
const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** What people typed, as HTML: with links, and no more than one blank line at a time. */
export function peopleText(text: string): Handlebars.SafeString {
  const shown = text.replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n');
  let html = '';
  let end = 0;
  const matches = shown.includes('://') ? LINKIFY.match(shown) : null;
  for (const { index, lastIndex, text: address } of matches ?? []) {
    if (!isHonest(address)) continue;
    html += escapeExpression(shown.slice(end, index)) + link(address);
    end = lastIndex;
  }
  return new SafeString(html + escapeExpression(shown.slice(end)));
}

/** Anybody can post a link: search engines must not count it, and the page behind it gets no access to this one. */
function link(address: string): string {
  const escaped = escapeExpression(address);
  return `<a href="${escaped}" rel="nofollow ugc noopener" dir="ltr">${escaped}</a>`;
}

/** Whether the address leads where it seems to; `https://bank.example@evil.example` does not. */
function isHonest(address: string): boolean {
  if (DIRECTION_CONTROLS.test(address) || !URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}
