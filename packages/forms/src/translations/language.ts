import { dateInWords } from '../validation/date-in-words';
import { Translations } from './catalogue';
import { SINGULARS } from './messages';
import type { MessageParameters, Translatable } from './message';

/** What a translation may depend on, besides its text. */
export interface TranslationContext {
  readonly locale: string;
  /** The name of the field that the text is about; none for one about the form as a whole. */
  readonly field?: string;
  /** By their names in the text: `max` for `{max}`, `$constraint1` for `$constraint1`. */
  readonly params: MessageParameters;
}

/** Finds the translation of a text, with its parameters still in it; undefined where there is none. */
export type Translate = (text: string, context: TranslationContext) => string | undefined;

const NONE: MessageParameters = {};

/** One language in which a form speaks. */
export class Language {
  #numbers?: Intl.NumberFormat;
  #dates?: Intl.DateTimeFormat;
  readonly #isEnglish: boolean;

  /** @param sources where translations are looked for, the first before the others; English is the last */
  constructor(
    readonly locale: string,
    private readonly sources: readonly Translations[] = [],
    private readonly translate?: Translate,
  ) {
    this.#isEnglish = /^en\b/.test(locale);
  }

  /** A text in this language, with its parameters; in English where it has no translation. */
  say(said: string | Translatable, field?: string): string {
    const { text, params } = typeof said === 'string' ? { text: said } : said;
    const translated = this.translationOf(text, params, field);
    if (translated !== undefined) return params ? this.fill(translated, params) : translated;
    return params ? ENGLISH.fill(SINGULAR_TEXTS.textFor(text, params) ?? text, params) : text;
  }

  private translationOf(
    text: string,
    params: MessageParameters | undefined,
    field: string | undefined,
  ): string | undefined {
    const { locale } = this;
    const own = this.translate?.(text, { locale, field, params: params ?? NONE });
    if (own !== undefined) return own;
    for (const source of this.sources) {
      const found = source.textFor(text, params);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** In one go, so that nothing that was typed is taken for a parameter itself. */
  private fill(text: string, params: MessageParameters): string {
    return text.replace(PARAMETER, (parameter, name: string = parameter) =>
      Object.hasOwn(params, name) ? this.inWords(params[name] ?? '') : parameter,
    );
  }

  private inWords(value: MessageParameters[string]): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return this.#isEnglish ? String(value) : this.numbers.format(value);
    if (value instanceof Date) return this.#isEnglish ? dateInWords(value) : this.dates.format(value);
    return this.say(value);
  }

  /** Without separators of thousands, which nobody may type into a field. */
  private get numbers(): Intl.NumberFormat {
    this.#numbers ??= new Intl.NumberFormat(this.locale, { useGrouping: false, maximumFractionDigits: 20 });
    return this.#numbers;
  }

  private get dates(): Intl.DateTimeFormat {
    this.#dates ??= new Intl.DateTimeFormat(this.locale, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: 'UTC',
    });
    return this.#dates;
  }
}

/** Those of this package, and those of class-validator, which stand for themselves. */
const PARAMETER = /\{(\w+)\}|\$(?:constraint\d+|value|property|target)/g;

const SINGULAR_TEXTS = new Translations('en', SINGULARS);

/** The language of the texts themselves: nothing is looked up. */
export const ENGLISH = new Language('en');
