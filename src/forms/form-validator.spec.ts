import { Inject, Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Validate, ValidationArguments, ValidatorConstraint } from 'class-validator';
import { Field } from './field.decorator';
import { fillForm } from './fill-form';
import { CHECK_SURROUNDINGS, CheckSurroundings, FormValidator } from './form-validator';
import { TextLength } from './length.decorator';

/** What one application knows and does. */
class App {
  readonly asked: string[] = [];

  constructor(readonly taken: string[]) {}
}

@ValidatorConstraint({ async: true })
@Injectable()
class IsFree {
  constructor(@Inject(App) private readonly app: App) {}

  validate(name: string, { object }: ValidationArguments): Promise<boolean> {
    this.app.asked.push(name);
    return Promise.resolve(name === (object as NamesDto).original || !this.app.taken.includes(name));
  }

  defaultMessage({ property, value }: ValidationArguments): string {
    return `${property} ${String(value)} is taken.`;
  }
}

class NamesDto {
  @Field({ label: 'Username' })
  @TextLength(1, 8)
  @Validate(IsFree)
  username!: string;

  @Field({ label: 'Nickname' })
  @TextLength(0, 8)
  @Validate(IsFree, { message: 'Think of another one.' })
  nickname!: string;

  readonly original = 'mary';
}

async function start(app: App, surroundings: CheckSurroundings = (check) => check()) {
  const module = await Test.createTestingModule({
    providers: [
      FormValidator,
      IsFree,
      { provide: App, useValue: app },
      { provide: CHECK_SURROUNDINGS, useValue: surroundings },
    ],
  }).compile();
  return async (body: object) => {
    const form = fillForm(new NamesDto(), body);
    await module.get(FormValidator).validate(form);
    const { username, nickname } = form as unknown as Record<string, { errors: string[] }>;
    return { isValid: form.isValid, username: username?.errors, nickname: nickname?.errors };
  };
}

describe('FormValidator', () => {
  it('finds nothing wrong where nothing is', async () => {
    const check = await start(new App(['john']));
    expect(await check({ username: 'susan', nickname: '' })).toEqual({
      isValid: true,
      username: [],
      nickname: [],
    });
  });

  it('says it with the message of the constraint, or with the one given where it is used', async () => {
    const check = await start(new App(['john']));
    expect(await check({ username: 'john', nickname: 'john' })).toEqual({
      isValid: false,
      username: ['username john is taken.'],
      nickname: ['Think of another one.'],
    });
  });

  it('asks nothing about a field that is wrong already, and goes on with the others', async () => {
    const app = new App(['john']);
    const check = await start(app);
    const { username, nickname } = await check({ username: 'x'.repeat(9), nickname: 'john' });
    expect(username).toEqual(['Field cannot be longer than 8 characters.']);
    expect(nickname).toEqual(['Think of another one.']);
    expect(app.asked).toEqual(['john']);
  });

  it('gives one message where several checks fail', async () => {
    const check = await start(new App([]));
    const { username } = await check({ username: '\0'.repeat(9), nickname: '' });
    expect(username).toHaveLength(1);
  });

  it('shows the constraint the whole form', async () => {
    const check = await start(new App(['mary']));
    expect(await check({ username: 'mary', nickname: '' })).toMatchObject({ isValid: true });
  });

  it('asks the application that it belongs to, of several in one process', async () => {
    const [susans, johns] = [new App(['susan']), new App(['john'])];
    const [atSusans, atJohns] = [await start(susans), await start(johns)];
    const body = { username: 'susan', nickname: '' };
    expect(await Promise.all([atSusans(body), atJohns(body)])).toMatchObject([
      { isValid: false },
      { isValid: true },
    ]);
    expect(susans.asked).toEqual(johns.asked);
  });

  it('asks in the surroundings that the application chose', async () => {
    const app = new App([]);
    const check = await start(app, async (ask) => {
      app.asked.push('begin');
      const answer = await ask();
      app.asked.push('end');
      return answer;
    });
    await check({ username: 'susan', nickname: 'su' });
    expect(app.asked).toEqual(['begin', 'susan', 'su', 'end']);
  });
});
