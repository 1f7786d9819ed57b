import { parse } from 'node-html-parser';
import { Named } from './wtforms-case';

/** What a person or a browser can do something with. */
export interface Control {
  readonly tag: string;
  readonly attributes: Named<string>;
  readonly text: string;
}

/** The controls in some HTML, without what is around them and what assistive technology is told. */
export function controlsIn(html: string): Control[] {
  return parse(html)
    .querySelectorAll('input, textarea, select, option')
    .map((element) => ({
      tag: element.rawTagName,
      attributes: Object.fromEntries(
        Object.entries(element.attributes).filter(([name]) => !name.startsWith('aria-')),
      ),
      text: textIn(element.rawTagName, element.text),
    }));
}

/** A select has the text of its options; of a textarea's, browsers leave out a first line break. */
function textIn(tag: string, text: string): string {
  if (tag === 'select') return '';
  return tag === 'textarea' ? text.replace(/^\r?\n/, '') : text.trim();
}
