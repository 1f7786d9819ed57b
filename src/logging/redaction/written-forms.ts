/** How a value may be written. */
export function formsOf(value: string): string[] {
  const text = value.toWellFormed();
  const base64 = Buffer.from(text).toString('base64');
  const encoded = [
    base64,
    base64.replace(/=+$/, ''),
    encodeURIComponent(base64),
    Buffer.from(text).toString('base64url'),
  ];
  // Most are the same in every other encoding.
  if (/^[\w.-]*$/.test(value)) return [value, ...encoded];
  const uri = encodeURIComponent(text);
  const json = JSON.stringify(value).slice(1, -1);
  const html = replaceAll(text, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });
  return [
    value,
    uri,
    uri.replace(/%../g, (code) => code.toLowerCase()),
    replaceAll(uri, { '!': '%21', "'": '%27', '(': '%28', ')': '%29', '*': '%2A' }),
    encodeURIComponent(uri),
    encodeURI(text),
    new URLSearchParams([['', text]]).toString().slice(1),
    json,
    // As `util.inspect` writes it, and JSON within JSON.
    json.replaceAll('\\"', '"'),
    JSON.stringify(json).slice(1, -1),
    ...encoded,
    html,
    html.replaceAll("'", '&#39;'),
    // As Handlebars writes it.
    replaceAll(html, { "'": '&#x27;', '`': '&#x60;', '=': '&#x3D;' }),
  ];
}

/** What was percent-encoded, or the text itself where it was not. */
export function decode(text: string, plusIsSpace = true): string {
  try {
    return decodeURIComponent(plusIsSpace ? text.replaceAll('+', ' ') : text);
  } catch {
    return text;
  }
}

/** The text that was written in base64 or base64url, or nothing where that would be no text. */
export function decodeBase64(text: string): string {
  if (!/^[\w+/-]{8,}={0,2}$/.test(text)) return '';
  const decoded = Buffer.from(text, 'base64').toString();
  return /[\p{C}\ufffd]/u.test(decoded) ? '' : decoded;
}

function replaceAll(text: string, replacements: Record<string, string>): string {
  return text.replace(/[^\w\s]/g, (character) => replacements[character] ?? character);
}
