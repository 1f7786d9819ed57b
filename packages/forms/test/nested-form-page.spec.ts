import { Controller, Get, Injectable, Post, Req } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { parse } from 'node-html-parser';
import {
  DataRequired,
  FieldList,
  Form,
  FormField,
  FormPage,
  HoneypotField,
  PasswordField,
  PostedForm,
  SearchField,
  StringField,
  draftOf,
  renderFields,
  renderFormErrors,
  showForm,
} from '../src';
import { startFormApp } from './form-app';

class AddressDto {
  @StringField('City') @DataRequired() city!: string;
  @PasswordField('Door code') code!: string;
}

class SettingsDto {
  @FormField(AddressDto, 'Address') address!: AddressDto;
  @FieldList(StringField('Phone'), 'Phones', { maxEntries: 2 }) phones!: string[];
}

class NoteDto {
  @StringField('City') @DataRequired() city!: string;
  @HoneypotField() website!: string;
}

class SearchDto {
  @SearchField('Search') @DataRequired() q!: string;
}

abstract class Page<T extends object> implements FormPage<T, string> {
  abstract readonly path: string;
  abstract readonly dto: new () => T;
  create = () => new this.dto();
  view = (form: Form<T>) => `<form method="post">${renderFormErrors(form)}${renderFields(form)}</form>`;
}

@Injectable()
class SettingsPage extends Page<SettingsDto> {
  readonly path = '/settings';
  readonly dto = SettingsDto;
}

@Injectable()
class NotePage extends Page<NoteDto> {
  readonly path = '/note';
  readonly dto = NoteDto;
  readonly prefix = 'note';
}

@Injectable()
class SearchPage extends Page<SearchDto> {
  readonly path = '/search';
  readonly dto = SearchDto;
}

@Controller()
class SettingsController {
  constructor(private readonly page: SettingsPage) {}

  @Get('settings')
  show(@Req() request: Request) {
    return showForm(this.page, request);
  }

  @Post('settings')
  save(@PostedForm(SettingsPage) settings: SettingsDto) {
    return settings;
  }

  @Post('note')
  note(@PostedForm(NotePage) { city }: NoteDto) {
    return { city };
  }

  @Get('search')
  search(@PostedForm(SearchPage) { q }: SearchDto) {
    return { q };
  }
}

let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  ({ app, url } = await startFormApp([SettingsController], [SettingsPage, SearchPage, NotePage]));
});
afterAll(() => app.close());

async function send(body: Record<string, string>, path = '/settings') {
  const response = await fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(body) });
  return { status: response.status, text: await response.text() };
}

describe('POST of a form with a form and a list in it', () => {
  it('gives the handler what was typed', async () => {
    const { status, text } = await send({ 'address.city': 'Berlin', 'phones.0': '1', 'phones.1': '2' });
    expect(status).toBe(201);
    expect(JSON.parse(text)).toEqual({ address: { city: 'Berlin', code: '' }, phones: ['1', '2'] });
  });

  it('shows the form again with messages beside the fields, without secrets', async () => {
    const { status, text } = await send({ 'address.city': '', 'address.code': 'secret', 'phones.0': '1' });
    expect(status).toBe(422);
    const page = parse(text);
    expect(page.getElementById('address.city-errors')?.text).toBe('This field is required.');
    expect(page.getElementById('phones.0')?.getAttribute('value')).toBe('1');
    expect(text).not.toContain('secret');
  });

  it('shows the form with one entry more or less when such a button was pressed, and checks nothing', async () => {
    const more = await send({ 'phones.0': '1', 'phones.add': 'y' });
    expect(more.status).toBe(422);
    const page = parse(more.text);
    expect(page.getElementById('phones.1')).not.toBeNull();
    expect(page.querySelector('.errors')).toBeNull();
    const less = await send({ 'phones.0': '1', 'phones.1': '2', 'phones.0.remove': 'y' });
    expect(parse(less.text).getElementById('phones.0')?.getAttribute('value')).toBe('2');
    expect(parse(less.text).getElementById('phones.1')).toBeNull();
  });

  it('takes JSON with the same messages under the same paths', async () => {
    const response = await fetch(`${url}/settings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ address: {}, phones: ['1', '2', '3'] }),
    });
    expect(response.status).toBe(422);
    const page = parse(await response.text());
    expect(page.getElementById('address.city-errors')?.text).toBe('This field is required.');
    expect(page.getElementById('phones-errors')?.text).toBe('Field cannot have more than 2 entries.');
  });

  it('leaves a draft of all its texts, without secrets', () => {
    const body = {
      'address.city': 'Berlin',
      'address.code': 'secret',
      'phones.0': '1',
      'address.nope': 'x',
      phones: ['1'],
      nope: 'x',
    };
    expect(draftOf(app.get(SettingsPage), body)).toEqual({
      'address.city': 'Berlin',
      'phones.0': '1',
      phones: ['1'],
    });
  });
});

describe('POST of a form with a prefix', () => {
  it('reads the fields with the prefix, and shows them under the same names', async () => {
    expect((await send({ 'note.city': 'Berlin', city: 'x' }, '/note')).text).toBe('{"city":"Berlin"}');
    const page = parse((await send({ 'note.city': ' ', city: 'x' }, '/note')).text);
    expect(page.querySelector('input[name="note.city"]')?.getAttribute('value')).toBe(' ');
    expect(page.getElementById('note.city-errors')?.text).toBe('This field is required.');
  });

  it('leaves a draft that is shown again', async () => {
    const page = app.get(NotePage);
    const draft = draftOf(page, { 'note.city': 'Berlin', city: 'x', 'note.nope': 'x' });
    expect(draft).toEqual({ 'note.city': 'Berlin' });
    const html = await showForm(page, {} as Request, { draft });
    expect(parse(html).getElementById('note.city')?.getAttribute('value')).toBe('Berlin');
  });

  it('refuses what a program has typed into a field that nobody sees', async () => {
    const { status, text } = await send({ 'note.city': 'Berlin', 'note.website': 'http://spam' }, '/note');
    expect(status).toBe(422);
    const trap = parse(text).getElementById('note.website');
    expect([trap?.parentNode?.hasAttribute('hidden'), trap?.getAttribute('tabindex')]).toEqual([true, '-1']);
    expect(trap?.getAttribute('value')).toBe('');
    expect((await send({ 'note.city': 'Berlin', 'note.website': '' }, '/note')).status).toBe(201);
  });
});

describe('GET of a form that is sent in the URL', () => {
  it('reads the query', async () => {
    expect(await (await fetch(`${url}/search?q=cats`)).json()).toEqual({ q: 'cats' });
  });

  it('shows the form again with what is wrong', async () => {
    const response = await fetch(`${url}/search?q=`);
    expect(response.status).toBe(422);
    expect(parse(await response.text()).getElementById('q-errors')?.text).toBe('This field is required.');
  });
});
