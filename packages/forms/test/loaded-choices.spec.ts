import { CanActivate, Controller, ExecutionContext, Get, Injectable, Post, Req } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { parse } from 'node-html-parser';
import {
  Choice,
  DataRequired,
  ExpiredFormError,
  Form,
  FormPage,
  PostedForm,
  SelectField,
  StringField,
  renderFields,
  renderFormErrors,
  showForm,
} from '../src';
import { startFormApp } from './form-app';

class EventDto {
  @StringField('Title') @DataRequired() title!: string;
  @SelectField('Venue', { choices: (dto: EventDto) => dto.venues }) venue!: number | null;

  constructor(readonly venues: readonly Choice[]) {}
}

@Injectable()
class Venues {
  isLost = false;

  async all(): Promise<readonly Choice[]> {
    await new Promise(setImmediate);
    if (this.isLost) throw new Error('The database is lost');
    return [
      { value: 1, label: 'Town hall' },
      { value: 2, label: 'Park' },
    ];
  }
}

@Injectable()
class EventPage implements FormPage<EventDto, string> {
  readonly path = '/events';
  readonly dto = EventDto;

  constructor(private readonly venues: Venues) {}

  async create() {
    return new EventDto(await this.venues.all());
  }

  view = (form: Form<EventDto>) => `<form>${renderFormErrors(form)}${renderFields(form)}</form>`;
}

@Controller('events')
class EventController {
  constructor(private readonly page: EventPage) {}

  @Get()
  show(@Req() request: Request) {
    return showForm(this.page, request);
  }

  @Post()
  save(@PostedForm(EventPage) { title, venue }: EventDto) {
    return { title, venue };
  }
}

/** Stands for whatever refuses a request after the form's page is known. */
@Injectable()
class ExpiryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<Request>().get('X-Expired')) throw new ExpiredFormError();
    return true;
  }
}

let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  const started = await startFormApp([EventController], [Venues, EventPage], [ExpiryGuard]);
  app = started.app;
  url = `${started.url}/events`;
});
afterAll(() => app.close());
afterEach(() => {
  app.get(Venues).isLost = false;
});

async function send(body: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(body), headers });
  const text = await response.text();
  return { status: response.status, text, page: parse(text) };
}

describe('Choices that a page loads', () => {
  it('are shown', async () => {
    const page = parse(await (await fetch(url)).text());
    expect(page.querySelectorAll('option').map(({ text }) => text)).toEqual(['Town hall', 'Park']);
  });

  it('are those that may be chosen', async () => {
    expect((await send({ title: 'Fair', venue: '2' })).text).toBe('{"title":"Fair","venue":2}');
    const { status, page } = await send({ title: 'Fair', venue: '3' });
    expect([status, page.querySelector('.errors')?.text]).toEqual([422, 'Not a valid choice.']);
  });

  it('are there, with the one that was chosen, whatever refuses the request', async () => {
    const { status, page } = await send({ title: 'Fair', venue: '2' }, { 'X-Expired': 'yes' });
    expect(status).toBe(403);
    expect(page.querySelector('option[selected]')?.text).toBe('Park');
    expect(page.getElementById('title')?.getAttribute('value')).toBe('Fair');
  });

  it('that cannot be loaded are an error of the server, not of the form', async () => {
    app.get(Venues).isLost = true;
    expect(await send({ title: 'Fair', venue: '2' })).toMatchObject({
      status: 500,
      text: 'The database is lost',
    });
    expect((await fetch(url)).status).toBe(500);
  });
});
