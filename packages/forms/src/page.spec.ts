import type { Request } from 'express';
import { FormPage, PostedFormPage, StringField, showForm } from '.';

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
    const page = new NamePage();
    const fault = 'NamePage.create() must return a NameDto';
    const request = { body: {} } as unknown as Request;
    expect(() => new PostedFormPage(page, request).form).toThrow(fault);
    await expect(showForm(page, request)).rejects.toThrow(fault);
  });
});
