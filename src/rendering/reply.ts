import { ResponseCookie } from '../http/cookies';
import { FlashAction, flashText } from './flash';

/**
 * What a handler returns instead of touching the response. It is sent after the transaction has been committed,
 * so that nobody is told of something that was not saved.
 */
export abstract class Reply {
  readonly cookies: ResponseCookie[] = [];

  constructor(readonly status: number) {}

  withCookie(cookie: ResponseCookie): this {
    this.cookies.push(cookie);
    return this;
  }
}

/** A page: the name of a template in `views/`, without its ending, and what the template shows. */
export class View extends Reply {
  constructor(
    readonly template: string,
    readonly data: object = {},
    status = 200,
  ) {
    super(status);
  }

  /** The same page, as the answer to an error. */
  withStatus(status: number): View {
    const view = new View(this.template, this.data, status);
    view.cookies.push(...this.cookies);
    return view;
  }
}

/** A view that has been rendered. */
export class Page extends Reply {
  constructor(
    readonly html: string,
    status: number,
  ) {
    super(status);
  }
}

/** Sends the browser to another page of this site; the default status makes it a GET, also after a POST. */
export class Redirect extends Reply {
  constructor(
    readonly location: string,
    status: 302 | 303 = 303,
  ) {
    super(status);
  }

  /** A message for the next page that is shown, with a button to do something about it. */
  withFlash(message: string, action?: FlashAction): this {
    return this.withCookie({ name: FLASH_COOKIE, value: flashText({ message, action }) });
  }
}

export const FLASH_COOKIE = 'flash';
