/** The declaration of a form cannot work. The message has a line for each fault, which names class and property. */
export class FormDeclarationError extends TypeError {
  override readonly name = 'FormDeclarationError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
