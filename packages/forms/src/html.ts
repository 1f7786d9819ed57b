const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const SPECIAL = /[&<>"']/;

/** Text for an element, or for an attribute in quotes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '') : text;
}

/** The entries of an object, texts and numbers mostly, as HTML attributes; `true` stands alone, `false`, null and undefined are left out. */
export function attributesHtml(values: Readonly<Record<string, unknown>>): string {
  let html = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === false || value === null || value === undefined) continue;
    html += value === true ? ` ${name}` : ` ${name}="${escapeHtml(`${value as string | number}`)}"`;
  }
  return html;
}
