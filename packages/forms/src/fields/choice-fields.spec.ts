import { Choice, Form, Optional, RadioField, SelectField, SelectMultipleField, fillForm } from '..';
import { check, errorsOf, oneField } from '../../test/form-check';

const CHOICES: (Choice | string)[] = [
  'cat',
  { value: 7, label: 'Seven' },
  { value: 'cow', isDisabled: true },
];

describe.each([
  ['SelectField', SelectField],
  ['RadioField', RadioField],
])('%s', (_name, field) => {
  const pet = field('Pet', { choices: CHOICES });

  it.each([
    ['cat', 'cat'],
    ['7', 7],
    [7, 7],
  ])('reads %j as the value of the choice', async (sent, value) => {
    const form = await check(oneField([pet]), { value: sent });
    expect(form).toMatchObject({ isValid: true, data: { value } });
  });

  it.each(['', 'dog', 'CAT', ' cat', '7.0', '07', 'Seven', 8])(
    'refuses %j, which is no choice',
    async (sent) => {
      expect(await errorsOf([pet], sent)).toEqual(['Not a valid choice.']);
    },
  );

  it('refuses a choice that is disabled', async () => {
    expect(await errorsOf([pet], 'cow')).toEqual(['Not a valid choice.']);
  });

  it.each([[['cat']], [{ cat: 1 }], [true], [null]])('cannot read %j', async (sent) => {
    expect((await errorsOf([pet], sent))[0]).toBe('Invalid Choice: could not coerce.');
  });

  it('needs a choice, unless it is optional', async () => {
    expect(await errorsOf([pet], undefined)).toEqual(['Not a valid choice.']);
    expect(await errorsOf([pet, Optional()], undefined)).toEqual([]);
    expect(await errorsOf([pet, Optional()], '')).toEqual([]);
    expect(await errorsOf([pet, Optional()], 'dog')).toEqual(['Not a valid choice.']);
  });

  it.each([undefined, null, Promise.resolve(['cat'])])(
    'says which field it is whose choices the DTO gives as %p',
    (pets) => {
      class OwnerDto {
        @field('Pet', { choices: (dto: OwnerDto) => dto.pets as string[] }) pet!: string;
        readonly pets: unknown = pets;
      }
      expect(() => new Form(new OwnerDto())).toThrow('OwnerDto.pet: its choices must be a list, not ');
    },
  );

  it('says which field it is whose choices cannot be found, and why', () => {
    const cause = new Error('no request');
    class OwnerDto {
      @field('Pet', { choices: () => raise(cause) }) pet!: string;
    }
    expect(() => new Form(new OwnerDto())).toThrow(
      new TypeError('OwnerDto.pet: its choices could not be found', { cause }),
    );
  });

  it('takes anything where the choice is not checked', async () => {
    const form = await check(oneField([field('Pet', { choices: CHOICES, validateChoice: false })]), {
      value: 'dog',
    });
    expect(form).toMatchObject({ isValid: true, data: { value: 'dog' } });
  });

  it('asks the DTO for choices that only the server knows', async () => {
    class OwnerDto {
      @field('Pet', { choices: (dto: OwnerDto) => dto.pets })
      pet!: string;

      constructor(readonly pets: string[]) {}
    }
    expect((await check(new OwnerDto(['dog']), { pet: 'dog', pets: ['cat'] })).isValid).toBe(true);
    expect((await check(new OwnerDto(['dog']), { pet: 'cat', pets: ['cat'] })).isValid).toBe(false);
  });

  it('shows each choice with its label and heading, and whether it is the one', () => {
    const choices = [...CHOICES, { value: 'dog', group: 'Loud' }];
    const shown = fillForm(oneField([field('Pet', { choices })]), { value: '7' }).fieldNamed('value');
    expect(shown.options).toEqual([
      { index: 0, value: 'cat', text: 'cat', label: 'cat', isSelected: false },
      { index: 1, value: 7, text: '7', label: 'Seven', isSelected: true },
      { index: 2, value: 'cow', text: 'cow', label: 'cow', isSelected: false, isDisabled: true },
      { index: 3, value: 'dog', text: 'dog', label: 'dog', isSelected: false, group: 'Loud' },
    ]);
  });
});

describe('SelectMultipleField', () => {
  const pets = SelectMultipleField('Pets', { choices: CHOICES });

  it.each([
    [[], []],
    ['cat', ['cat']],
    [
      ['7', 'cat'],
      [7, 'cat'],
    ],
    [undefined, []],
  ])('reads %j as %j', async (sent, value) => {
    const form = await check(oneField([pets], ['cat']), sent === undefined ? {} : { value: sent });
    expect(form).toMatchObject({ isValid: true, data: { value } });
  });

  it('names what is no choice', async () => {
    expect(await errorsOf([pets], ['cat', 'dog'])).toEqual(["'dog' is not a valid choice for this field."]);
    expect(await errorsOf([pets], ['dog', '7', 'cow'])).toEqual([
      "'dog', 'cow' are not valid choices for this field.",
    ]);
  });

  it.each([[[['cat']]], [[null]], [{ 0: 'cat' }], [true]])('cannot read %j', async (sent) => {
    expect(await errorsOf([pets], sent)).toEqual([
      'Invalid choice(s): one or more data inputs could not be coerced.',
    ]);
  });

  it('takes anything where the choices are not checked', async () => {
    const any = SelectMultipleField('Pets', { choices: CHOICES, validateChoice: false });
    expect(await errorsOf([any], ['dog', 'cow'])).toEqual([]);
  });

  it('shows all that were chosen', () => {
    const selected = (initial: unknown, body: object) =>
      fillForm(oneField([pets], initial), body)
        .fieldNamed('value')
        .options.map(({ isSelected }) => isSelected);
    expect(selected([], { value: ['cat', '7'] })).toEqual([true, true, false]);
    expect(selected(['cat'], {})).toEqual([false, false, false]);
  });
});

function raise(error: Error): never {
  throw error;
}
