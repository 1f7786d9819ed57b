import { BooleanField, Disabled, Form, fillForm } from '..';
import { oneField } from '../../test/form-check';

const BOX = BooleanField('Remember me');

describe('BooleanField', () => {
  it.each([
    ['y', true],
    ['on', true],
    ['true', true],
    ['0', true],
    ['no', true],
    ['False', true],
    [true, true],
    [1, true],
    [-1, true],
    [['y', {}], true],
    [0, false],
    [-0, false],
    [[], false],
    [[0, 'y'], false],
    ['', false],
    ['false', false],
    [false, false],
    [null, false],
  ])('takes %j for %s', (sent, value) => {
    const form = fillForm(oneField([BOX]), { value: sent });
    expect(form.data.value).toBe(value);
    expect(form.fieldNamed('value')).toMatchObject({ element: 'checkbox', checked: value, errors: [] });
  });

  it.each([{}, { y: 'y' }, [{}], [['y']]])('cannot read %j, which is no consent', (sent) => {
    const form = fillForm(oneField([BOX], true), { value: sent });
    expect(form.data.value).toBe(false);
    expect(form.fieldNamed('value')).toMatchObject({
      checked: false,
      errors: ['Not a valid boolean value.'],
    });
  });

  it('was not ticked when it was not sent, whatever the DTO has', () => {
    const form = fillForm(oneField([BOX], true), {});
    expect(form.data.value).toBe(false);
    expect(form.fieldNamed('value').checked).toBe(false);
  });

  it('keeps the value of the DTO when it is disabled, and so never sent', () => {
    const form = fillForm(oneField([BOX, Disabled()], true), {});
    expect(form.data.value).toBe(true);
    expect(form.fieldNamed('value').checked).toBe(true);
  });

  it.each([true, false, undefined])('shows %s of the DTO before anything is posted', (initial) => {
    expect(new Form(oneField([BOX], initial)).fieldNamed('value').checked).toBe(Boolean(initial));
  });
});
