import { StartError } from '../../config/start-error';
import { describeStartFailure } from './start-failure';

describe('describeStartFailure', () => {
  it('has the error and its causes, each with its places in the project and their source', () => {
    const error = new TypeError('It does not start', { cause: new RangeError('Not this month') });
    const { message, isSetting, errors } = describeStartFailure(error, undefined, {});
    expect([message, isSetting]).toEqual(['TypeError: It does not start', false]);
    expect(errors.map(({ title }) => title)).toEqual([
      'TypeError: It does not start',
      'RangeError: Not this month',
    ]);
    const [place] = errors[0]?.places ?? [];
    expect(place?.place).toMatch(/^src\/debugger\/start-failure\/start-failure\.spec\.ts:6:\d+$/);
    expect(place?.source).toContain("> 6 |     const error = new TypeError('It does not start'");
  });

  it('is one line where that says all', () => {
    const failure = describeStartFailure(
      new StartError('PORT must be a number'),
      'PORT must be a number',
      {},
    );
    expect(failure).toEqual({ message: 'PORT must be a number', isSetting: true, errors: [] });
  });

  it.each(['SECRET_KEY', 'MAIL_PASSWORD', 'MICROBLOG_DEBUG_PIN', 'API_TOKEN'])(
    'hides what is in %s',
    (name) => {
      const error = new Error('Refused catcatcat', { cause: new Error('It was catcatcat') });
      for (const problem of [undefined, 'Refused: catcatcat']) {
        const failure = describeStartFailure(error, problem, { [name]: ' catcatcat ', HOME: '/root' });
        const told = [failure.message, ...failure.errors.map(({ title }) => title)].join('\n');
        expect(told).toContain('Refused');
        expect(told).not.toContain('catcatcat');
      }
    },
  );

  it('hides the password of a database', () => {
    const error = new Error('connect postgres://susan:catcatcat@db.example/microblog');
    expect(describeStartFailure(error, undefined, {}).message).not.toContain('catcatcat');
  });

  it('takes whatever was thrown', () => {
    expect(describeStartFailure(null, undefined, {}).message).toBe('NonError: thrown null');
  });
});
