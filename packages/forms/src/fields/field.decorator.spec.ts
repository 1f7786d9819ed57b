import { Field, FieldType, Form, StopValidation, ValidateWith, ValidationError, fillForm } from '..';
import { errorsOf, oneField } from '../../test/form-check';

/** Tags with commas between them. */
const TAGS: FieldType = {
  element: 'input',
  type: 'text',
  attributeFlags: ['required'],
  attributes: { list: 'tags', autocomplete: 'off' },
  empty: [],
  convert: (sent) => {
    if (typeof sent !== 'string') throw new ValidationError('Not tags.');
    if (sent === 'bug') throw new TypeError('a bug');
    return sent.split(',').map((tag) => tag.trim());
  },
  format: (value) => String(value),
  preValidate: ({ data }) => {
    if ((data as string[]).includes('wrong')) throw new ValidationError('A wrong tag.');
    if ((data as string[]).includes('stop')) throw new StopValidation('No more tags.');
  },
  postValidate: ({ data, errors }, isStopped) => {
    if ((data as string[]).includes('post'))
      throw new ValidationError(`After ${errors.length}, ${String(isStopped)}.`);
  },
};

const says = ValidateWith(() => {
  throw new ValidationError('No.');
});

describe('A kind of field of one’s own', () => {
  const tags = Field({ label: 'Tags', kind: TAGS, help: 'With commas.', attributes: { autocomplete: 'on' } });

  it('converts what was sent, and shows it', () => {
    const form = fillForm(oneField([tags]), { value: 'a, b' });
    expect(form.data.value).toEqual(['a', 'b']);
    expect(form.fieldNamed('value')).toMatchObject({ value: 'a, b', help: 'With commas.' });
    expect(fillForm(oneField([tags]), { value: 7 })).toMatchObject({ data: { value: [] }, isValid: false });
  });

  it('has the attributes of the kind, and before them those of its declaration', () => {
    expect(new Form(oneField([tags])).fieldNamed('value').declared).toEqual({
      list: 'tags',
      autocomplete: 'on',
    });
  });

  it('can check before the validators, and stop them', async () => {
    expect(await errorsOf([tags, says], 'wrong')).toEqual(['A wrong tag.', 'No.']);
    expect(await errorsOf([tags, says], 'stop')).toEqual(['No more tags.']);
  });

  it('can check after the validators, stopped or not', async () => {
    expect(await errorsOf([tags, says], 'post')).toEqual(['No.', 'After 1, false.']);
    expect(await errorsOf([tags, says], 'stop,post')).toEqual(['No more tags.', 'After 1, true.']);
  });

  it('that fails itself fails loudly', () => {
    expect(() => fillForm(oneField([tags]), { value: 'bug' })).toThrow('a bug');
  });
});
