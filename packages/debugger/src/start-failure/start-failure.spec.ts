import { join } from 'node:path';
import { setProjectRoot } from '@microblog/error-report';
import { describeStartFailure } from './start-failure';

describe('describeStartFailure', () => {
  beforeAll(() => {
    setProjectRoot(join(__dirname, '../..'));
  });

  it('has the error and its causes, each with its places in the project and their source', () => {
    const error = new TypeError('It does not start', { cause: new RangeError('Not this month') });
    const { message, isSetting, errors } = describeStartFailure(error, {});
    expect([message, isSetting]).toEqual(['TypeError: It does not start', false]);
    expect(errors.map(({ title }) => title)).toEqual([
      'TypeError: It does not start',
      'RangeError: Not this month',
    ]);
    const [place] = errors[0]?.places ?? [];
    expect(place?.place).toMatch(/^src\/start-failure\/start-failure\.spec\.ts:\d+:\d+$/);
    expect(place?.source).toMatch(/> *\d+ \| {5}const error = new TypeError\('It does not start'/);
  });

  it('is one line where that says all', () => {
    const failure = describeStartFailure(new Error('PORT must be a number'), {
      problem: 'PORT must be a number',
      isSetting: true,
    });
    expect(failure).toEqual({ message: 'PORT must be a number', isSetting: true, errors: [] });
  });

  it('hides secrets', () => {
    const error = new Error('Refused catcatcat', { cause: new Error('It was catcatcat') });
    for (const problem of [undefined, 'Refused: catcatcat']) {
      const failure = describeStartFailure(error, { problem, secrets: ['catcatcat'] });
      const text = [failure.message, ...failure.errors.map(({ title }) => title)].join('\n');
      expect(text).toContain('Refused');
      expect(text).not.toContain('catcatcat');
    }
  });

  it('hides the password of a database', () => {
    const error = new Error('connect postgres://susan:catcatcat@db.example/app');
    expect(describeStartFailure(error, {}).message).not.toContain('catcatcat');
  });

  it('takes whatever was thrown', () => {
    expect(describeStartFailure(null, {}).message).toBe('NonError: thrown null');
  });
});
