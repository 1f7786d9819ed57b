import { FieldDeclaration } from './field.decorator';
import { Flags, readableFlags } from './flags';

/** What of a field is the same in every form. */
export interface ControlFacts {
  readonly flags: Flags;
  /** The attributes of the control that its kind, its validators and its declaration give it. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

const KNOWN = new WeakMap<FieldDeclaration, { readonly given: Flags; readonly facts: ControlFacts }>();

/** Worked out once for each declaration, which is half of what it took to make a form; anew where a flag is a function. */
export function controlFacts(declaration: FieldDeclaration, given: Flags): ControlFacts {
  const known = KNOWN.get(declaration);
  if (known?.given === given) return known.facts;
  const facts = makeFacts(declaration, given);
  if (!Object.values(given).some((flag) => typeof flag === 'function'))
    KNOWN.set(declaration, { given, facts });
  return facts;
}

function makeFacts({ kind, attributes }: FieldDeclaration, given: Flags): ControlFacts {
  const flags = readableFlags(kind.flags ? { ...kind.flags, ...given } : given);
  const ofFlags: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    // One for data is known to every control.
    if (!kind.attributeFlags.includes(name) && !name.startsWith('data-')) continue;
    const value = flags[name];
    if (value !== null) ofFlags[name] = kind.attribute ? kind.attribute(name, value, flags) : value;
  }
  return { flags, attributes: { ...kind.attributes, ...ofFlags, ...attributes } };
}
