import {
  BooleanField,
  DataRequired,
  Form,
  IntegerField,
  Length,
  RadioField,
  SelectField,
  StringField,
} from '.';
import { BoundField } from './field';
import { buttonAttributes, controlAttributes, groupAttributes, optionGroups } from './field-attributes';
import { oneField } from '../test/form-check';

/** A field as a partial sees it, merged as Handlebars merges it. */
function shown(decorators: PropertyDecorator[], given: object = {}, error?: string) {
  const form = new Form(oneField(decorators));
  if (error) form.addError('value', error);
  return Object.assign({}, form.fieldNamed('value') as BoundField & Record<string, unknown>, given);
}

describe('controlAttributes', () => {
  const TEXT = StringField('Text', { help: 'Any.', attributes: { autocomplete: 'off', maxlength: 9 } });

  it('have the kind, the flags and the declaration, the later before the earlier', () => {
    expect(controlAttributes(shown([TEXT, DataRequired(), Length({ max: 5 })]))).toEqual({
      id: 'value',
      name: 'value',
      type: 'text',
      required: true,
      maxlength: 9,
      autocomplete: 'off',
      'aria-describedby': 'value-help',
    });
  });

  it('have what the template gives before all others', () => {
    const given = { required: false, maxlength: 3, class: 'wide', id: 'other', name: 'n', type: 'tel' };
    expect(controlAttributes(shown([TEXT, DataRequired()], given))).toMatchObject({
      ...given,
      'aria-describedby': 'other-help',
    });
    expect(controlAttributes(shown([TEXT], { 'aria-describedby': 'x' }))).toMatchObject({
      'aria-describedby': 'x',
    });
  });

  it('take no part of the field for an attribute', () => {
    const given = { label: 'L', help: 'H', value: 'v', checked: true, errors: [], options: [] };
    expect(Object.keys(controlAttributes(shown([StringField('Text')], given))).sort()).toEqual([
      'aria-describedby',
      'aria-invalid',
      'id',
      'name',
      'type',
    ]);
  });

  it('tell what is wrong, and where that stands', () => {
    expect(controlAttributes(shown([TEXT], {}, 'No.'))).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': 'value-errors value-help',
    });
    const { 'aria-invalid': invalid, 'aria-describedby': by } = controlAttributes(
      shown([StringField('Text')]),
    );
    expect([invalid, by]).toEqual([undefined, undefined]);
  });

  it('have flags that the control knows, and those for data', () => {
    const decorators = [IntegerField('Number'), DataRequired(), Length({ max: 5 })];
    expect(controlAttributes(shown(decorators))).not.toHaveProperty('maxlength');
    expect(controlAttributes(shown([BooleanField('Box'), DataRequired()]))).toMatchObject({ required: true });
  });
});

describe('Radio buttons', () => {
  const PETS = RadioField('Pet', { choices: ['cat', { value: 'dog', isDisabled: true }], help: 'One.' });

  it('are a group that tells what is wrong', () => {
    expect(groupAttributes(shown([PETS], {}, 'No.'))).toEqual({
      id: 'value',
      role: 'radiogroup',
      'aria-invalid': 'true',
      'aria-describedby': 'value-errors value-help',
    });
  });

  it('each have the attributes of the field, and an id of their own', () => {
    const field = shown([PETS, DataRequired()], { class: 'wide' });
    const all = { name: 'value', type: 'radio', required: true, class: 'wide', checked: false };
    expect(field.options.map((option) => buttonAttributes(field, option))).toEqual([
      { ...all, id: 'value-0' },
      { ...all, id: 'value-1', disabled: true },
    ]);
  });
});

describe('optionGroups', () => {
  it('puts neighbours of a group together, in their order', () => {
    const choices = ['cow', 'pig', { value: 'cat', group: 'Pets' }, { value: 'dog', group: 'Pets' }, 'fox'];
    const groups = optionGroups(shown([SelectField('Animal', { choices })]));
    expect(groups.map(({ group, options }) => [group, options.map(({ text }) => text)])).toEqual([
      [undefined, ['cow', 'pig']],
      ['Pets', ['cat', 'dog']],
      [undefined, ['fox']],
    ]);
    expect(optionGroups(shown([SelectField('Animal', { choices: [] })]))).toEqual([]);
  });
});
