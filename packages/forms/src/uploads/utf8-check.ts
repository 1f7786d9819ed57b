/** Whether bytes, given piece by piece, are text: valid UTF-8 without a NUL. */
export class Utf8Check {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #isText = true;

  add(bytes: Buffer): void {
    this.#isText &&= !bytes.includes(0) && this.decodes(bytes);
  }

  /** Asked at the end, where no character may be incomplete. */
  get isText(): boolean {
    return this.#isText && this.decodes();
  }

  private decodes(bytes?: Buffer): boolean {
    try {
      this.#decoder.decode(bytes, { stream: bytes !== undefined });
      return true;
    } catch {
      return false;
    }
  }
}
