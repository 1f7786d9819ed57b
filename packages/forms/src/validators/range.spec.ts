import { DateField, DateRange, DateTimeLocalField, IntegerField, NumberRange, fillForm } from '..';
import { WithField, errorsOf, messages, oneField } from '../../test/form-check';

const INTEGER = IntegerField('Number');
const JULY = new Date('2026-07-01T00:00:00Z');
const AUGUST = new Date('2026-08-01T00:00:00Z');

describe('NumberRange', () => {
  it.each([
    [NumberRange({ min: 1 }), '0', 'Number must be at least 1.'],
    [NumberRange({ max: 3 }), '4', 'Number must be at most 3.'],
    [NumberRange({ min: 0, max: 3 }), '-1', 'Number must be between 0 and 3.'],
    [NumberRange({ min: 1, max: 3, message: '$constraint1 to $constraint2' }), '4', '1 to 3'],
    [NumberRange({ min: () => 1, max: () => undefined }), '0', 'Number must be at least 1.'],
    [NumberRange({ min: () => null, max: () => 3, message: 'Up to $constraint2' }), '4', 'Up to 3'],
  ])('says what is wrong in the words that fit (case %#)', async (range, sent, message) => {
    expect(await errorsOf([INTEGER, range], sent)).toEqual([message]);
  });

  it.each(['1', '2', '3'])('includes its bounds: %s', async (sent) => {
    expect(await errorsOf([INTEGER, NumberRange({ min: 1, max: 3 })], sent)).toEqual([]);
  });

  it.each([null, undefined, NaN, '2', 2n])('refuses %p, which is no number', async (value) => {
    class ContextDto extends WithField {
      @NumberRange({ min: 1, max: 3 }) context: unknown = value;
    }
    expect(await messages(new ContextDto())).toEqual({ '': ['Number must be between 1 and 3.'] });
  });

  it('tells the control', () => {
    const flags = (range: PropertyDecorator) =>
      fillForm(oneField([INTEGER, range]), {}).fieldNamed('value').flags;
    expect(flags(NumberRange({ min: 0, max: () => 3 }))).toMatchObject({ min: 0, max: 3 });
    expect(flags(NumberRange({ max: 3 })).min).toBeNull();
  });
});

describe('DateRange', () => {
  const DAY = DateField('Day');

  it.each([
    [DateRange({ min: JULY }), '2026-06-30', 'Date must be at least 2026-07-01 00:00:00.'],
    [DateRange({ max: JULY }), '2026-07-02', 'Date must be at most 2026-07-01 00:00:00.'],
    [
      DateRange({ min: JULY, max: () => AUGUST }),
      '2026-08-02',
      'Date must be between 2026-07-01 00:00:00 and 2026-08-01 00:00:00.',
    ],
    [DateRange({ min: JULY, message: 'Not before July.' }), '2026-06-30', 'Not before July.'],
  ])('says what is wrong in the words that fit (case %#)', async (range, sent, message) => {
    expect(await errorsOf([DAY, range], sent)).toEqual([message]);
  });

  it.each(['2026-07-01', '2026-07-31', '2026-08-01'])('includes its bounds: %s', async (sent) => {
    expect(await errorsOf([DAY, DateRange({ min: JULY, max: AUGUST })], sent)).toEqual([]);
  });

  it('is exact to the minute of a date and time', async () => {
    const at = [DateTimeLocalField('At'), DateRange({ min: JULY })];
    expect(await errorsOf(at, '2026-06-30T23:59')).toHaveLength(1);
    expect(await errorsOf(at, '2026-07-01T00:00')).toEqual([]);
  });

  it.each([null, new Date(NaN), '2026-07-15', 0])('refuses %p, which is no date', async (value) => {
    class ContextDto extends WithField {
      @DateRange({ min: JULY, message: 'No date.' }) context: unknown = value;
    }
    expect(await messages(new ContextDto())).toEqual({ '': ['No date.'] });
  });
});
