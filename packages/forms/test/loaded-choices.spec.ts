import {
  ArgumentsHost,
  CanActivate,
  Catch,
  Controller,
  ExceptionFilter,
  ExecutionContext,
  Get,
  HttpException,
  Injectable,
  Post,
  Req,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { AddressInfo } from 'node:net';
import { parse } from 'node-html-parser';
import {
  Choice,
  DataRequired,
  ExpiredFormError,
  Form,
  FormInterceptor,
  FormPage,
  FormPageGuard,
  FormsModule,
  PostedForm,
  SelectField,
  StringField,
  postedFormPage,
  renderFields,
  renderFormErrors,
  showForm,
} from '../src';

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

@Catch()
class FormFilter implements ExceptionFilter {
  async catch(error: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    const posted = status < 500 && postedFormPage<string>(http.getRequest<Request>());
    response
      .status(status)
      .send(posted ? await posted.show([(error as Error).message]) : (error as Error).message);
  }
}

let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    imports: [FormsModule],
    controllers: [EventController],
    providers: [
      Venues,
      EventPage,
      { provide: APP_GUARD, useExisting: FormPageGuard },
      { provide: APP_GUARD, useClass: ExpiryGuard },
      { provide: APP_INTERCEPTOR, useExisting: FormInterceptor },
      { provide: APP_FILTER, useClass: FormFilter },
    ],
  }).compile();
  app = module.createNestApplication<NestExpressApplication>({ logger: false });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/events`;
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
