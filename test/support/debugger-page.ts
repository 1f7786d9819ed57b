import { HTMLElement, parse } from 'node-html-parser';
import { Answer, Visitor } from './visitor';

export interface Command {
  readonly status: number;
  readonly body: unknown;
}

interface Value {
  readonly preview: string;
  readonly type: string;
  readonly handle?: number;
}

/** A frame on a page of the debugger. */
export class PageFrame {
  constructor(private readonly element: HTMLElement) {}

  get function(): string {
    return textIn(this.element, '.function').replace(/^async (?=\S)/, '');
  }

  /** Whether it had been left in an `await`. */
  get hasWaited(): boolean {
    return this.element.querySelector('.waited') !== null;
  }

  /** The file and the line. */
  get place(): string {
    return textIn(this.element, '.place');
  }

  get editorUrl(): string | undefined {
    return this.element.querySelector('a.place')?.getAttribute('href');
  }

  get isOpen(): boolean {
    return this.element.querySelector('details')?.hasAttribute('open') === true;
  }

  /** Whether it is behind a fold with its neighbours. */
  get isFolded(): boolean {
    const fold = this.element.closest('.folded');
    return fold !== null && !fold.hasAttribute('open');
  }

  get source(): { number: number; text: string; isCurrent: boolean }[] {
    return this.element.querySelectorAll('.source mark, .source .line').map((line) => {
      const number = textIn(line, '.number');
      return {
        number: Number(number),
        text: line.text.slice(number.length).trimEnd(),
        isCurrent: line.tagName === 'MARK',
      };
    });
  }

  /** The previews of its variables by their names, scope by scope. */
  get scopes(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      this.element
        .querySelectorAll('.scope')
        .map((scope) => [
          scope.getAttribute('data-title') ?? '',
          Object.fromEntries(
            scope
              .querySelectorAll('tr[data-name]')
              .map((row) => [row.getAttribute('data-name') ?? '', textIn(row, '.value')]),
          ),
        ]),
    );
  }

  /** Under which a variable can be expanded. */
  handle(name: string): string | undefined {
    return this.element.querySelector(`tr[data-name="${name}"] [data-handle]`)?.getAttribute('data-handle');
  }

  /** Why it has no variables. */
  get without(): string {
    return textIn(this.element, '.without');
  }

  /** Where its commands go. */
  get path(): string | undefined {
    return this.element.querySelector('[data-console]')?.getAttribute('data-console');
  }
}

/** A page of the debugger in somebody's browser; sends the commands that its script would send. */
export class DebuggerPage {
  /** Parsed within `<pre>` too, where the source is. */
  readonly page: HTMLElement;

  private constructor(
    private readonly visitor: Visitor,
    readonly answer: Answer,
  ) {
    this.page = parse(answer.body, { blockTextElements: { script: true, style: true } });
  }

  static async open(
    visitor: Visitor,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<DebuggerPage> {
    return new DebuggerPage(visitor, await visitor.get(path, { Accept: 'text/html', ...headers }));
  }

  /** What somebody sent with another method has been answered with a page too. */
  static of(visitor: Visitor, answer: Answer): DebuggerPage {
    return new DebuggerPage(visitor, answer);
  }

  get secret(): string {
    return this.page.querySelector('meta[name=debugger-secret]')?.getAttribute('content') ?? '';
  }

  /** Of the error, as in paths. */
  get id(): string {
    const path = this.page.querySelector('main')?.getAttribute('data-values');
    return path?.split('/')[3] ?? '';
  }

  get reference(): string {
    return this.answer.headers.get('Error-Reference') ?? '';
  }

  get frames(): PageFrame[] {
    return this.page.querySelectorAll('.frame').map((element) => new PageFrame(element));
  }

  /** @throws Error with those that there are when there is none of that name */
  frame(name: string): PageFrame {
    const frame = this.frames.find((each) => each.function === name);
    if (!frame) throw new Error(`${name} is none of: ${this.frames.map((each) => each.function).join(', ')}`);
    return frame;
  }

  /** What the section of that heading says. */
  section(id: string): string {
    return this.page.querySelector(`section[aria-labelledby="${id}"]`)?.structuredText ?? '';
  }

  async command(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Command> {
    const answer = await this.visitor.send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Debugger-Secret': this.secret, ...headers },
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  }

  enterPin(pin: string): Promise<Command> {
    return this.command('/_debugger/pin', { pin });
  }

  /** What a console answers: the preview of a value, or whatever else it says. */
  async evaluate(path: string | undefined, code: string): Promise<unknown> {
    const { body } = await this.command(`${path}/evaluate`, { code });
    const { value, ...rest } = body as { value?: Value };
    return value ? value.preview : rest;
  }

  /** The entries of a value by their names. */
  async expand(
    handle: string | number | undefined,
    from = 0,
  ): Promise<{ entries: Record<string, Value>; more: number }> {
    const path = this.page.querySelector('main')?.getAttribute('data-values');
    const { body } = await this.command(`${path}${handle}`, { from });
    const { entries, more } = body as { entries: { name: string; value: Value }[]; more: number };
    return { entries: Object.fromEntries(entries.map(({ name, value }) => [name, value])), more };
  }
}

function textIn(element: HTMLElement, selector: string): string {
  return element.querySelector(selector)?.text.trim() ?? '';
}
