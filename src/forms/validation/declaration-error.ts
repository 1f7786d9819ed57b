/** The declaration of a form cannot work. The message has a line for each fault, which names class and property. */
export class DeclarationError extends TypeError {
  override readonly name = 'DeclarationError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
