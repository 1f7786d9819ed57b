import type { Request } from 'express';
import { FormPage, StringField, showForm } from '.';
import { postedForm } from './posted-form';

class NameDto {
  @StringField('Name') name!: string;
}

describe('A page that makes no DTO of its class', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a plain object', { name: 'susan' }],
    ['the class itself', NameDto],
    ['a promise', Promise.resolve(new NameDto())],
  ])('is named, where it makes %s', async (_what, made) => {
    class NamePage implements FormPage<NameDto> {
      readonly path = '/name';
      readonly dto = NameDto;
      create = () => made as NameDto;
      view = () => {
        throw new Error('never shown');
      };
    }
    const formPage = new NamePage();
    const fault = 'NamePage.create() must return a NameDto';
    const request = { formPage, body: {}, signedCookies: {} } as unknown as Request;
    expect(() => postedForm(request)).toThrow(fault);
    await expect(showForm(formPage, request)).rejects.toThrow(fault);
  });
});
