import { FileAllowed, FileField, FileSize, Form, MultipleFileField } from '..';
import { errorsOf, oneField } from '../../test/form-check';
import { uploadedFile } from '../../test/uploads/uploaded-file';

const PNG = uploadedFile();
const TEXT = uploadedFile({ originalName: 'cat.png', mimeType: 'text/plain', extension: 'txt' });

describe('FileAllowed', () => {
  it.each(['png', '.PNG', 'image/png', 'image/*'])('takes %s by content, not by name', async (type) => {
    expect(await errorsOf([FileField('File'), FileAllowed([type])], PNG)).toEqual([]);
    expect(await errorsOf([FileField('File'), FileAllowed([type])], TEXT)).toEqual([
      `Only files of these types are allowed: ${type}.`,
    ]);
  });

  it('asks every file of a list, and none where there is none', async () => {
    const decorators = [MultipleFileField('Files'), FileAllowed(['png', 'txt'])];
    expect(await errorsOf(decorators, [PNG, TEXT])).toEqual([]);
    expect(await errorsOf([MultipleFileField('Files'), FileAllowed(['png'])], [PNG, TEXT])).toHaveLength(1);
    expect(await errorsOf(decorators, undefined)).toEqual([]);
  });

  it('tells browsers which names to offer', () => {
    const accept = (types: string[]) =>
      new Form(oneField([FileField('File'), FileAllowed(types)])).fieldNamed('value').declared.accept;
    expect(accept(['JPG', 'image/png', 'text/plain'])).toBe('.jpg,.jpeg,image/png,text/plain');
    expect(accept(['jpeg'])).toBe('.jpg,.jpeg');
  });

  it.each([[[]], [['image/jpg']], [['text/csv', 'png']], [['docs']], [['nothing/*']]])(
    'cannot tell %j',
    (types) => {
      expect(() => FileAllowed(types)).toThrow(RangeError);
    },
  );
});

describe('FileSize', () => {
  const ask = (options: Parameters<typeof FileSize>[0], sizeBytes: number) =>
    errorsOf([FileField('File'), FileSize(options)], uploadedFile({ sizeBytes }));

  it('refuses what is too large or too small', async () => {
    expect(await ask({ max: 2048 }, 2048)).toEqual([]);
    expect(await ask({ max: 2048 }, 2049)).toEqual(['A file cannot have more than 2 kB.']);
    expect(await ask({ min: 1 }, 0)).toEqual(['A file must have at least 1 byte.']);
    expect(await ask({ min: 10, max: 1.5 * 1024 ** 2 }, 9)).toEqual([
      'A file must have between 10 bytes and 1.5 MB.',
    ]);
    expect(await ask({ max: 1, message: 'At most $constraint2.' }, 2)).toEqual(['At most 1 byte.']);
  });

  it.each([{}, { min: 0 }, { max: -1 }, { max: 1.5 }, { min: NaN }, { min: 2, max: 1 }])(
    'cannot be %j',
    (options) => {
      expect(() => FileSize(options)).toThrow(RangeError);
    },
  );
});
