import { Span } from './mask';

/** A text made of another one, and where a piece of it stands in that. */
export interface MappedText {
  readonly text: string;
  locate(span: Span): Span;
}

/** Puts together a text from pieces of another one, or from what stands for them. */
export class TextMapping {
  private readonly starts: number[] = [];
  private text = '';
  private done = 0;

  constructor(private readonly source: MappedText) {}

  /** Takes over what stands before the index, and has not been taken over yet. */
  copyTo(index: number): void {
    for (let at = this.done; at < index; at++) this.starts.push(at);
    this.text += this.source.text.slice(this.done, index);
    this.done = index;
  }

  /** Puts other text in the place of the next characters. */
  replace(length: number, replacement: string): void {
    this.starts.push(...Array<number>(replacement.length).fill(this.done));
    this.text += replacement;
    this.done += length;
  }

  finish(): MappedText {
    this.copyTo(this.source.text.length);
    const { source, starts, text } = this;
    starts.push(source.text.length);
    return { text, locate: ([start, end]) => source.locate([starts[start] ?? 0, starts[end] ?? 0]) };
  }
}

/** The text itself. */
export function unmapped(text: string): MappedText {
  return { text, locate: (span) => span };
}
