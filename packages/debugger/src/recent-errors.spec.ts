import { LiveFrame } from './frames/live-frames';
import { RecentErrors } from './recent-errors';

function frameWith(key: unknown): LiveFrame {
  return {
    function: 'find',
    path: '/srv/a.ts',
    line: 1,
    column: 1,
    scopes: [{ kind: 'local', names: ['key'] }],
    evaluate: (code) => (key === undefined ? undefined : (eval(code) as unknown)),
  };
}

const KEY = 'a key for tests, long enough to sign with';

describe('RecentErrors', () => {
  const keep = () => new RecentErrors({ application: { name: 'Example' }, secretKey: KEY, secrets: [KEY] });

  it('keeps the last ten', () => {
    const errors = keep();
    const ids = Array.from({ length: 12 }, () => errors.add().id);
    expect(ids.map((id) => errors.get(id) !== undefined)).toEqual([
      false,
      false,
      ...Array<boolean>(10).fill(true),
    ]);
  });

  it('gives each frame one console, and what is no frame none', async () => {
    const error = keep().add();
    const number = error.keep(frameWith('a key for tests, long enough to sign with'));
    expect(error.console(number)).toBe(error.console(number));
    expect(await error.console(number)?.evaluate('1 + 1')).toMatchObject({ value: { preview: '2' } });
    for (const wrong of [-1, 1, NaN]) {
      expect(error.console(wrong)).toBeUndefined();
      expect(error.locals(wrong)).toBeUndefined();
    }
  });

  it('does not show the secrets of the application among the variables', () => {
    const error = keep().add();
    const number = error.keep(frameWith({ nested: KEY }));
    expect(JSON.stringify(error.locals(number))).toContain('[hidden]');
    expect(JSON.stringify(error.locals(number))).not.toContain(KEY);
  });
});
