import {
  DataRequired,
  FileField,
  FileRequired,
  Form,
  InputRequired,
  MultipleFileField,
  Optional,
  StringField,
  fillForm,
} from '..';
import { errorsOf, oneField } from '../../test/form-check';
import { uploadedFile } from '../../test/uploads/uploaded-file';
import { RefusedUpload } from '../uploads/refused-upload';

const FILE = uploadedFile();
const REQUIRED = 'This field is required.';
const NO_FILE = 'Not a valid file.';

describe('A field for files', () => {
  it.each([
    [FileField('File'), undefined, null],
    [FileField('File'), '', null],
    [FileField('File'), FILE, FILE],
    [FileField('File'), ['', FILE], FILE],
    [MultipleFileField('Files'), undefined, []],
    [MultipleFileField('Files'), '', []],
    [MultipleFileField('Files'), FILE, [FILE]],
    [MultipleFileField('Files'), [FILE, FILE], [FILE, FILE]],
  ])('has what was sent as its value', (field, sent, value) => {
    expect(fillForm(oneField([field]), { value: sent }).data.value).toEqual(value);
  });

  it.each(['cat.png', 7, {}, ['cat.png', FILE], { path: '/etc/passwd' }, [[FILE]]])(
    'takes %j for none',
    async (sent) => {
      expect(await errorsOf([FileField('File'), DataRequired()], sent)).toEqual([NO_FILE]);
      expect(await errorsOf([MultipleFileField('File'), Optional()], sent)).toEqual([NO_FILE]);
    },
  );

  it('keeps the file that its DTO has where none is sent', () => {
    expect(fillForm(oneField([FileField('File')], FILE), {}).data.value).toBe(FILE);
  });

  describe.each([
    ['DataRequired', DataRequired()],
    ['InputRequired', InputRequired()],
    ['FileRequired', FileRequired()],
  ])('with %s', (_name, required) => {
    it.each([FileField('File'), MultipleFileField('File')])('needs one', async (field) => {
      for (const sent of [undefined, '', null, []])
        expect(await errorsOf([field, required], sent)).toEqual([REQUIRED]);
      expect(await errorsOf([field, required], FILE)).toEqual([]);
      expect(new Form(oneField([field, required])).fieldNamed('value').declared.required).toBe(true);
    });

    it('only says why a file was refused', async () => {
      const refused = new RefusedUpload('Too large.');
      expect(await errorsOf([FileField('File'), required], refused)).toEqual(['Too large.']);
    });
  });

  it('makes its form multipart', () => {
    const shown = (field: PropertyDecorator) => new Form(oneField([field])).enctype;
    expect(shown(StringField('Text'))).toBe('application/x-www-form-urlencoded');
    expect(shown(FileField('File'))).toBe('multipart/form-data');
    expect(shown(MultipleFileField('File'))).toBe('multipart/form-data');
  });

  it('shows nothing of what was sent', () => {
    for (const field of [FileField('File'), MultipleFileField('File')]) {
      const shown = fillForm(oneField([field]), { value: 'cat.png' }).fieldNamed('value');
      expect(shown).toMatchObject({ value: '', element: 'input', type: 'file' });
    }
    expect(new Form(oneField([MultipleFileField('File')])).fieldNamed('value').declared).toEqual({
      multiple: true,
    });
  });
});
