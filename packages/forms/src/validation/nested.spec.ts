import { IsOptional, Min, ValidateNested } from 'class-validator';
import { StringField, ValidateWith, ValidationError } from '..';
import { WithField, messages } from '../../test/form-check';

class Pet {
  @Min(1, { message: 'A pet has $constraint1 leg at least.' })
  legs: number;

  constructor(legs: number) {
    this.legs = legs;
  }
}

class OwnerDto {
  @StringField('Name') name!: string;

  @ValidateNested()
  readonly pet: unknown;

  constructor(pet: unknown) {
    this.pet = pet;
  }
}

describe('ValidateNested', () => {
  const ask = (pet: unknown) => messages(new OwnerDto(pet), { name: 'susan' });
  const WRONG = { '': ['A pet has 1 leg at least.'] };

  it.each([
    ['alone', (pet: Pet) => pet],
    ['in an array', (pet: Pet) => [new Pet(4), pet]],
    ['in a set', (pet: Pet) => new Set([pet])],
    ['in a map', (pet: Pet) => new Map([['cat', pet]])],
  ])('checks a thing %s, and what is wrong with it is the matter of the form', async (_kind, wrap) => {
    expect(await ask(wrap(new Pet(0)))).toEqual(WRONG);
    expect(await ask(wrap(new Pet(4)))).toEqual({});
  });

  it('goes as deep as it is told', async () => {
    expect(await ask(new OwnerDto(new OwnerDto(new Pet(0))))).toEqual(WRONG);
  });

  it('refuses what is no object', async () => {
    expect(await ask('cat')).toEqual({ '': ['pet must be an object.'] });
  });

  it('passes what is not there, as in class-validator', async () => {
    expect(await ask(undefined)).toEqual({});
  });

  it('says everything that is wrong with all of them', async () => {
    class TwoDto extends WithField {
      @ValidateNested() readonly cat = new Pet(0);
      @ValidateNested() readonly dog = 'dog';
    }
    expect(await messages(new TwoDto())).toEqual({
      '': ['A pet has 1 leg at least.', 'dog must be an object.'],
    });
  });

  it('is skipped with its property', async () => {
    class MaybeDto extends WithField {
      @IsOptional() @ValidateNested() readonly pet: unknown = null;
    }
    expect(await messages(new MaybeDto())).toEqual({});
  });

  it('hears a ValidationError from inside', async () => {
    class NamedPet {
      @StringField('Name')
      @ValidateWith(() => {
        throw new ValidationError('Not that name.');
      })
      name = 'cat';
    }
    expect(await ask(new NamedPet())).toEqual({ '': ['Not that name.'] });
  });
});
