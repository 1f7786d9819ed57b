import { Transform } from 'class-transformer';
import { Length, StringField, ValidationError, checkForm, fillForm } from '../src';

const toSlug = (text: string) => text.toLowerCase().replaceAll(' ', '-');

class PageDto {
  @StringField('Title', { filters: [toSlug, (text: string) => `${text}!`] })
  title!: string;

  @Transform(({ value }: { value: string }) => value.toUpperCase())
  @StringField('Code')
  @Length({ max: 3 })
  code!: string;

  @StringField('Tag', { filters: [toSlug] })
  tag!: string;

  filter_tag(tag: string): string {
    if (tag === 'none') throw new ValidationError('Give it a tag.');
    return `#${tag}${this.code}`;
  }
}

describe('A filter of a field', () => {
  it('makes the value out of the one that was converted, in the order of the list', () => {
    expect(fillForm(new PageDto(), { title: ' Two Words ' }).data.title).toBe('two-words!');
  });

  it('may be @Transform of class-transformer, or the method filter_<field>, which come last', () => {
    const { data } = fillForm(new PageDto(), { code: 'abc', tag: 'A b' });
    expect(data).toMatchObject({ code: 'ABC', tag: '#a-bABC' });
  });

  it('comes before the validators', async () => {
    expect((await checkForm(new PageDto(), { code: 'ab', tag: 'NONE' })).messages()).toEqual({
      tag: ['Give it a tag.'],
    });
  });

  it('leaves what was typed to be shown', () => {
    expect(fillForm(new PageDto(), { title: 'Two Words' }).fieldNamed('title').value).toBe('Two Words');
  });
});
