import { Injectable } from '@nestjs/common';
import { Validate, ValidatorConstraint } from 'class-validator';
import { DataRequired, FormDeclarationError, IntegerField, StringField, checkForm } from '../src';

@Injectable()
@ValidatorConstraint({ async: true })
class IsFree {
  constructor(private readonly taken: readonly string[]) {}

  validate(value: unknown): Promise<boolean> {
    return Promise.resolve(!this.taken.includes(String(value)));
  }

  defaultMessage(): string {
    return 'Taken.';
  }
}

class ContactDto {
  @StringField('Name') @DataRequired() name!: string;
  @IntegerField('Age') age!: number | null;
}

class AccountDto {
  @StringField('Name') @Validate(IsFree) name!: string;
}

describe('checkForm', () => {
  it('fills and checks a form without an application', async () => {
    const form = await checkForm(new ContactDto(), { name: '', age: '7' });
    expect(form.data).toEqual({ name: '', age: 7 });
    expect(form.messages()).toEqual({ name: ['This field is required.'] });
  });

  it('asks the given instances of injectable validators', async () => {
    const constraints = [new IsFree(['susan'])];
    const check = async (name: string) =>
      (await checkForm(new AccountDto(), { name }, { constraints })).messages();
    expect([await check('susan'), await check('john')]).toEqual([{ name: ['Taken.'] }, {}]);
  });

  it('says which of them is missing', async () => {
    await expect(checkForm(new AccountDto(), { name: 'x' })).rejects.toThrow(
      'checkForm() needs an instance of IsFree among its constraints',
    );
  });

  it('refuses what is no form', async () => {
    await expect(checkForm({}, {})).rejects.toThrow(FormDeclarationError);
    await expect(checkForm(ContactDto, {})).rejects.toThrow(FormDeclarationError);
  });

  it('gives its values to an object, as those of an entity, without what was left out', async () => {
    const form = await checkForm(new ContactDto(), { name: 'susan' });
    const person = { id: 7, name: 'john', age: 3 };
    form.populateObj(person);
    expect(person).toEqual({ id: 7, name: 'susan', age: null });
  });
});
