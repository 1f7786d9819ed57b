import type { MessageParameters } from './message';

/** A text by the plural category of one of its parameters, as Intl.PluralRules has them; `other` where a category has none. */
export type PluralText = { readonly by: string; readonly other: string } & Readonly<
  Partial<Record<Intl.LDMLPluralRule, string>>
>;

/** Translations by the English text. */
export type Catalogue = Readonly<Record<string, string | PluralText>>;

/** A catalogue whose keys may be anything, `constructor` among them. */
export class Translations {
  readonly #texts: ReadonlyMap<string, string | PluralText>;

  constructor(
    private readonly locale: string,
    catalogue: Catalogue,
  ) {
    this.#texts = new Map(Object.entries(catalogue));
  }

  textFor(key: string, params: MessageParameters | undefined): string | undefined {
    const text = this.#texts.get(key);
    if (typeof text !== 'object') return text;
    return text[rulesOf(this.locale).select(Number(params?.[text.by]))] ?? text.other;
  }
}

const RULES = new Map<string, Intl.PluralRules>();

/** Kept, since to make one takes longer than all else that there is to do about a message. */
function rulesOf(locale: string): Intl.PluralRules {
  let rules = RULES.get(locale);
  if (!rules) {
    rules = new Intl.PluralRules(locale);
    RULES.set(locale, rules);
  }
  return rules;
}
