import { join } from 'node:path';
import { createDatabase } from '../support/database';
import { RunningApp } from '../support/running-app';

describe('A form that cannot work', () => {
  it('stops the start with a line for each fault, which names class and property', async () => {
    const database = await createDatabase();
    const { code, output } = await RunningApp.fail({
      DATABASE_URL: database.url,
      NODE_OPTIONS: `--require ${join(__dirname, '../support/broken-form.cjs')}`,
    });
    await database.drop();
    expect(code).toBe(1);
    expect(output.slice(output.findIndex((line) => line.startsWith('Microblog cannot start')))).toEqual([
      "Microblog cannot start: BrokenDto.password2: invalid field name 'pasword', BrokenDto has no such field",
      'BrokenDto.topic: its choices must be a list, not undefined',
    ]);
  });
});
