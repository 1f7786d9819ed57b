import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Request } from 'express';
import { FORMS_OPTIONS, FormsOptions } from '../forms.module-definition';
import { Catalogue, Translations } from './catalogue';
import { GERMAN } from './de';
import { FRENCH } from './fr';
import { ENGLISH, Language } from './language';

/** English needs none. */
const BUILT_IN: Readonly<Record<string, Catalogue>> = { en: {}, de: GERMAN, fr: FRENCH };

/** No browser sends more; what has more is not worth reading. */
const LONGEST_HEADER = 1_000;
const LONGEST_TAG = 100;

/** The languages in which the forms of an application can speak, and which of them a request asks for. */
@Injectable()
export class Languages {
  readonly #localeOf?: FormsOptions['localeOf'];
  /** By their tags in lower case. */
  readonly #known: ReadonlyMap<string, Language>;
  readonly #default: Language;

  /**
   * @param options without them there is English only, and no request is asked
   * @throws RangeError for a locale that can be none
   */
  constructor(@Optional() @Inject(FORMS_OPTIONS) options?: FormsOptions) {
    this.#localeOf = options?.localeOf;
    const all = (options ? tagsIn(options) : []).map((tag) => languageFor(tag, options ?? {}));
    this.#known = new Map(all.map((language) => [language.locale.toLowerCase(), language]));
    this.#default = all[0] ?? ENGLISH;
  }

  /** The language of a tag such as `de-AT` or `de`, or the nearest that is known; the default where none is. */
  named(tag: string): Language {
    let key = tag.slice(0, LONGEST_TAG).replaceAll('_', '-').toLowerCase();
    while (key !== '') {
      const language = this.#known.get(key);
      if (language) return language;
      key = key.slice(0, Math.max(key.lastIndexOf('-'), 0));
    }
    return this.#default;
  }

  forRequest(request: Request): Language {
    if (this.#known.size < 2) return this.#default;
    const chosen = this.#localeOf?.(request);
    if (chosen !== undefined) return this.named(chosen);
    // Without it, a cache would give the page to whoever asks for another language.
    if (!request.res?.headersSent) request.res?.vary('Accept-Language');
    if ((request.headers['accept-language']?.length ?? 0) > LONGEST_HEADER) return this.#default;
    const accepted = request.acceptsLanguages([...this.#known.values()].map(({ locale }) => locale));
    return accepted === false ? this.#default : this.named(accepted);
  }
}

function tagsIn({ locales, translations }: FormsOptions): readonly string[] {
  const tags = locales ?? [...Object.keys(BUILT_IN), ...Object.keys(translations ?? {})];
  return [...new Set(tags.map(canonical))];
}

function canonical(tag: string): string {
  const [locale = tag] = Intl.getCanonicalLocales(tag.replaceAll('_', '-'));
  return locale;
}

function languageFor(locale: string, { translations = {}, translate }: FormsOptions): Language {
  const own = new Map(Object.entries(translations).map(([tag, texts]) => [canonical(tag), texts]));
  const sources: Translations[] = [];
  for (let tag = locale; tag !== ''; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0))) {
    for (const catalogue of [own.get(tag), BUILT_IN[tag]])
      if (catalogue) sources.push(new Translations(tag, catalogue));
  }
  const isPlain = locale === 'en' && !own.has(locale) && !translate;
  return isPlain ? ENGLISH : new Language(locale, sources, translate);
}

const LANGUAGES = new WeakMap<Request, Languages>();

/** Lets forms that are made for the request find its language. */
export function setLanguages(request: Request, languages: Languages): void {
  LANGUAGES.set(request, languages);
}

/** Found when it is asked for, after the guards that know who is signed in. */
export function languageOfRequest(request: Request): Language {
  return LANGUAGES.get(request)?.forRequest(request) ?? ENGLISH;
}
