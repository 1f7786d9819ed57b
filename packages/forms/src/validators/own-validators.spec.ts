import { ValidationOptions, validate } from 'class-validator';
import { StopValidation, StringField, ValidateWith, ValidationError, createValidator, fillForm } from '..';
import { errorsOf, messages, oneField } from '../../test/form-check';

const TEXT = StringField('Text');

describe('A factory with ValidateWith', () => {
  const NotAmong = (...names: string[]) =>
    ValidateWith(
      ({ data, label }) => {
        if (data === 'stop') throw new StopValidation(`${label} stops.`);
        if (data === 'pass') throw new StopValidation();
        if (names.includes(String(data))) throw new ValidationError(`${label} cannot be ${String(data)}.`);
      },
      { flags: { 'data-names': names.join() } },
    );
  const decorators = [TEXT, NotAmong('susan', 'john'), NotAmong('stop', 'pass')];

  it('makes a validator for each use', async () => {
    expect(await errorsOf(decorators, 'susan')).toEqual(['Text cannot be susan.']);
    expect(await errorsOf([TEXT, NotAmong('mary')], 'susan')).toEqual([]);
  });

  it('can stop, with a message or without', async () => {
    expect(await errorsOf(decorators, 'stop')).toEqual(['Text stops.']);
    expect(await errorsOf(decorators, 'pass')).toEqual([]);
  });

  it('can tell something about its field', () => {
    const field = fillForm(oneField([TEXT, NotAmong('susan', 'john')]), {}).fieldNamed('value');
    expect(field.declared).toMatchObject({ 'data-names': 'susan,john' });
  });

  it('may wait', async () => {
    const waiting = ValidateWith(async ({ data }) => {
      await Promise.resolve();
      if (data === 'john') throw new ValidationError('Not john.');
    });
    expect(await errorsOf([TEXT, waiting], 'john')).toEqual(['Not john.']);
    expect(await errorsOf([TEXT, waiting], 'susan')).toEqual([]);
  });

  it('is a mistake on what is no field', async () => {
    class ContextDto {
      @NotAmong('susan') name = 'susan';
    }
    await expect(messages(new ContextDto())).rejects.toThrow(
      'ContextDto.name: it has a validator, but is no field',
    );
  });
});

describe('A factory with createValidator', () => {
  const Even = (options?: ValidationOptions) =>
    createValidator(
      {
        name: 'even',
        constraints: [2],
        validate: (value) => {
          if (value === 'error') throw new ValidationError('Thrown.');
          if (value === 'stop') throw new StopValidation('Stopped.');
          if (value === 'bug') throw new SyntaxError('a bug');
          return String(value).length % 2 === 0;
        },
        defaultMessage: ({ property }) => `${property} must have a multiple of $constraint1 characters.`,
        flags: { 'data-even': true },
      },
      options,
    );

  it('makes a validator that says a sentence of its own, or the one given where it is used', async () => {
    expect(await errorsOf([TEXT, Even()], 'abc')).toEqual(['value must have a multiple of 2 characters.']);
    expect(await errorsOf([TEXT, Even({ message: 'Not $value!' })], 'abc')).toEqual(['Not abc!']);
    expect(await errorsOf([TEXT, Even()], 'abcd')).toEqual([]);
  });

  it('may throw what is wrong instead', async () => {
    expect(await errorsOf([TEXT, Even()], 'error')).toEqual(['Thrown.']);
    expect(await errorsOf([TEXT, Even({ message: 'Before.' }), Even()], 'stop')).toEqual(['Stopped.']);
    await expect(errorsOf([TEXT, Even()], 'bug')).rejects.toThrow(new SyntaxError('a bug'));
  });

  it('can stop', async () => {
    const stop = createValidator({
      name: 'no',
      validate: () => false,
      defaultMessage: () => 'No.',
      bail: true,
    });
    expect(await errorsOf([TEXT, Even(), stop, Even()], 'abc')).toEqual(['No.']);
  });

  it('can tell something about its field, unless it looks at some values or parts only', () => {
    const flagsOf = (options?: ValidationOptions) =>
      fillForm(oneField([TEXT, Even(options)]), {}).fieldNamed('value').flags;
    expect(flagsOf()).toMatchObject({ 'data-even': true });
    expect(flagsOf({ each: true })['data-even']).toBeNull();
    expect(flagsOf({ validateIf: () => true })['data-even']).toBeNull();
  });

  it('keeps the context that it was given', async () => {
    const [error] = await validate(oneField([TEXT, Even({ context: { code: 7 } })], 'a'));
    expect(error?.contexts?.even).toMatchObject({ code: 7 });
  });
});
