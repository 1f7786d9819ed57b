import { parse } from 'node-html-parser';
import {
  DataRequired,
  FieldList,
  FormField,
  RadioField,
  StringField,
  checkForm,
  formPartials,
  renderErrorSummary,
  renderFields,
} from '../src';

class AddressDto {
  @StringField('City <x>') @DataRequired() city!: string;
}

class OrderDto {
  @StringField('Name') @DataRequired() name!: string;
  @RadioField('Size', { choices: ['s', 'm'] }) size!: string | null;
  @FormField(AddressDto, 'Address') address!: AddressDto;
  @FieldList(StringField('Item'), 'Items', { minEntries: 1 }) @DataRequired({ each: true }) items!: string[];
}

describe('The summary of what is wrong', () => {
  it('has a link to each field, at any depth', async () => {
    const form = await checkForm(new OrderDto(), {});
    form.addError(undefined, 'Too late.');
    const summary = parse(renderErrorSummary(form));
    expect(summary.querySelectorAll('li').map(({ text }) => text)).toEqual([
      'Too late.',
      'Name: This field is required.',
      'Size: Not a valid choice.',
      'City <x>: This field is required.',
      'Item 1: This field is required.',
    ]);
    const page = parse(renderFields(form));
    const links = summary.querySelectorAll('a').map((link) => link.getAttribute('href') ?? '');
    expect(links).toHaveLength(4);
    for (const link of links) expect(page.getElementById(decodeURIComponent(link.slice(1)))).not.toBeNull();
  });

  it('is empty where nothing is wrong', async () => {
    const form = await checkForm(new OrderDto(), {
      name: 'x',
      size: 's',
      'address.city': 'y',
      'items.0': 'z',
    });
    expect(renderErrorSummary(form)).toBe('');
  });

  it('is a partial', async () => {
    const form = await checkForm(new OrderDto(), {});
    expect(formPartials.error_summary?.({ form })).toBe(renderErrorSummary(form));
  });
});
