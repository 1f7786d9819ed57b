import { Injectable } from '@nestjs/common';
import { Validate, ValidatorConstraint } from 'class-validator';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DataRequired,
  Length,
  Optional,
  StopValidation,
  StringField,
  ValidateWith,
  ValidationError,
} from '../src';
import { messages, startValidator } from './form-check';

/** What happened, in order. */
let log: string[] = [];

@ValidatorConstraint({ async: true })
@Injectable()
class IsFree {
  async validate(name: string): Promise<boolean> {
    await sleep(1);
    log.push(`IsFree ${name}`);
    return name !== 'john';
  }

  defaultMessage(): string {
    return 'That name is taken.';
  }
}

const logs = (name: string) =>
  ValidateWith(() => {
    log.push(name);
  });
const refuses = ValidateWith(() => {
  throw new ValidationError('No.');
});
const passes = ValidateWith(() => {
  throw new StopValidation();
});

class NameDto {
  @StringField('Username')
  @Optional()
  @Validate(IsFree)
  @Length({ max: 8 })
  @logs('username')
  username!: string;
  @StringField('Nickname') @DataRequired() @Length({ max: 8 }) @Validate(IsFree) nickname!: string;
  @StringField('Town') @logs('town') town!: string;
}

async function ask(body: object, dto: object = new NameDto()) {
  log = [];
  return messages(dto, body, {}, await startValidator([IsFree]));
}

describe('A constraint to wait for', () => {
  it('is asked once everything else has passed, in the order of the fields', async () => {
    expect(await ask({ username: 'susan', nickname: 'su' })).toEqual({});
    expect(log).toEqual(['username', 'town', 'IsFree susan', 'IsFree su']);
  });

  it('says what is wrong beside its field, and lets the next be asked', async () => {
    expect(await ask({ username: 'john', nickname: 'john' })).toEqual({
      username: ['That name is taken.'],
      nickname: ['That name is taken.'],
    });
  });

  it('is not asked about a field that is wrong already, whatever comes of the others', async () => {
    expect(await ask({ username: 'x'.repeat(9), nickname: 'john' })).toMatchObject({
      username: ['Field cannot be longer than 8 characters.'],
      nickname: ['That name is taken.'],
    });
    expect(log).toEqual(['username', 'town', 'IsFree john']);
  });

  it('is not asked after a stop, with a message or without', async () => {
    expect(await ask({ username: '', nickname: ' ' })).toEqual({ nickname: ['This field is required.'] });
    expect(log).toEqual(['town']);
  });

  it('is not asked about a text that only its blanks make longer than a browser would send', async () => {
    const nickname = `${' '.repeat(100_000)}su`;
    expect(await ask({ username: 'susan', nickname })).toEqual({
      nickname: ['Field cannot be longer than 8 characters.'],
    });
    expect(log).not.toContain('IsFree su');
  });

  it.each([
    ['refuses', refuses, ['No.']],
    ['lets it pass', passes, undefined],
  ])('is not asked when a function below it %s', async (_name, below, errors) => {
    class OneDto {
      @StringField('Name') @Validate(IsFree) @below name!: string;
    }
    expect(await ask({ name: 'john' }, new OneDto())).toEqual(errors ? { name: errors } : {});
    expect(log).toEqual([]);
  });

  it('may be an async function, in its place among the others', async () => {
    const waits = (name: string) =>
      ValidateWith(async () => {
        await sleep(1);
        log.push(name);
      });
    class OrderDto {
      @StringField('Name') @waits('1') @logs('a') @Validate(IsFree) @waits('2') @logs('b') name!: string;

      async validate_name(): Promise<void> {
        await sleep(1);
        log.push('inline');
      }
    }
    await ask({ name: 'su' }, new OrderDto());
    expect(log).toEqual(['a', 'b', '1', 'IsFree su', '2', 'inline']);
  });

  it('that stops ends what is left to ask', async () => {
    class StopDto {
      @StringField('Name')
      @ValidateWith(async () => Promise.reject(new StopValidation('Enough.')))
      @Validate(IsFree)
      name!: string;
    }
    expect(await ask({ name: 'john' }, new StopDto())).toEqual({ name: ['Enough.'] });
    expect(log).toEqual([]);
  });

  it('that fails itself fails loudly', async () => {
    class BrokenDto {
      @StringField('Name') @ValidateWith(async () => Promise.reject(new Error('no database'))) name!: string;
    }
    await expect(ask({ name: 'su' }, new BrokenDto())).rejects.toThrow('no database');
  });
});
