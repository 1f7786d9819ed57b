import { Inject, Injectable } from '@nestjs/common';
import {
  Validate,
  ValidationArguments,
  ValidatorConstraint,
  ValidatorConstraintInterface,
} from 'class-validator';
import { StopValidation, StringField, ValidationError, fillForm } from '../src';
import { messages, startValidator } from './form-check';

/** What one application knows and is asked. */
class Names {
  readonly asked: string[] = [];

  constructor(readonly taken: string[]) {}
}

@ValidatorConstraint({ async: true })
@Injectable()
class IsFree implements ValidatorConstraintInterface {
  constructor(@Inject(Names) private readonly names: Names) {}

  validate(name: string, { object }: ValidationArguments): Promise<boolean> {
    this.names.asked.push(name);
    return Promise.resolve(name === (object as NamesDto).original || !this.names.taken.includes(name));
  }

  defaultMessage({ property, value }: ValidationArguments): string {
    return `${property} ${String(value)} is taken.`;
  }
}

class NamesDto {
  @StringField('Username')
  @Validate(IsFree)
  username!: string;

  @StringField('Nickname')
  @Validate(IsFree, { message: 'Think of another one.' })
  nickname!: string;

  readonly original = 'mary';
}

async function start(names: Names) {
  const validator = await startValidator([IsFree, { provide: Names, useValue: names }]);
  return (username: string, nickname = '') => messages(new NamesDto(), { username, nickname }, {}, validator);
}

describe('A validator class', () => {
  it('is a provider with the services of its application', async () => {
    const names = new Names(['john']);
    const check = await start(names);
    expect(await check('susan', 'su')).toEqual({});
    expect(names.asked).toEqual(['susan', 'su']);
  });

  it('says a sentence of its own, or the one given where it is used', async () => {
    const check = await start(new Names(['john']));
    expect(await check('john', 'john')).toEqual({
      username: ['username john is taken.'],
      nickname: ['Think of another one.'],
    });
  });

  it('is given the whole DTO', async () => {
    const check = await start(new Names(['mary']));
    expect(await check('mary')).toEqual({});
  });

  it('asks the application that it belongs to, of several in one process', async () => {
    const [susans, johns] = [new Names(['susan']), new Names(['john'])];
    const [atSusans, atJohns] = [await start(susans), await start(johns)];
    const answers = await Promise.all([
      atSusans('susan'),
      atJohns('susan'),
      atSusans('john'),
      atJohns('john'),
    ]);
    expect(answers.map((answer) => 'username' in answer)).toEqual([true, false, false, true]);
    expect(susans.asked).toEqual(johns.asked);
  });

  it('that is no provider is made without arguments', async () => {
    @ValidatorConstraint()
    class IsShort {
      validate(text: string): boolean {
        return text.length < 3;
      }
    }
    class ShortDto {
      @StringField('Text') @Validate(IsShort) text!: string;
    }
    expect(await messages(new ShortDto(), { text: 'abc' })).toEqual({ text: ['Invalid input.'] });
    expect(await messages(new ShortDto(), { text: 'ab' })).toEqual({});
  });

  it('has the constraints of its use, and may throw what is wrong', async () => {
    @ValidatorConstraint()
    class Throws {
      validate(text: string, { constraints }: ValidationArguments): boolean {
        const [first, second] = constraints as [string, string];
        if (text === 'error') throw new ValidationError(first);
        if (text === 'stop') throw new StopValidation(second);
        throw new EvalError('a bug');
      }
    }
    class ThrowsDto {
      @StringField('Text') @Validate(Throws, ['First.', 'Second.']) text!: string;
    }
    expect(await messages(new ThrowsDto(), { text: 'error' })).toEqual({ text: ['First.'] });
    expect(await messages(new ThrowsDto(), { text: 'stop' })).toEqual({ text: ['Second.'] });
    await expect(messages(new ThrowsDto(), { text: '' })).rejects.toThrow(new EvalError('a bug'));
  });

  it('tells about its field with a static property', () => {
    @ValidatorConstraint()
    class AcceptsBBCode {
      static readonly flags = { accepts_bbcode: true, required: true };

      validate(): boolean {
        return true;
      }
    }
    class PostDto {
      @StringField('Text') @Validate(AcceptsBBCode) text!: string;
    }
    const field = fillForm(new PostDto(), {}).fieldNamed('text');
    expect(field.flags).toMatchObject({ accepts_bbcode: true, required: true });
    expect(field.declared).toEqual({ required: true });
  });
});
