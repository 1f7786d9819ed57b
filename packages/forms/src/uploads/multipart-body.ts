/** What one part has brought; undefined while it is read, and for nothing. */
export interface PartSlot {
  value: unknown;
}

/** The body that parts make, each in its place, though a file takes longer to arrive than a text after it. */
export class MultipartBody {
  readonly #slots: { readonly name: string; readonly slot: PartSlot }[] = [];

  /** @param value set later, as that of the slot, where it is not known yet */
  add(name: string, value?: unknown): PartSlot {
    const slot = { value };
    this.#slots.push({ name, slot });
    return slot;
  }

  /** Values by name, a list for a name with several; without a prototype, since the sender chooses the names. */
  get values(): Record<string, unknown> {
    const values = Object.create(null) as Record<string, unknown>;
    for (const { name, slot } of this.#slots) {
      if (slot.value === undefined) continue;
      const before = values[name];
      if (before === undefined) values[name] = slot.value;
      else if (Array.isArray(before)) before.push(slot.value);
      else values[name] = [before, slot.value];
    }
    return values;
  }
}
