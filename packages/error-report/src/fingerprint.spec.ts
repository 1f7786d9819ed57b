import { fingerprint } from './fingerprint';
import { StackFrame } from './stack-frames';
import { SerializedError } from './serialize-error';

const frame = (name: string, file: string, line = 1): StackFrame => ({
  function: name,
  file,
  line,
  column: line,
  isOwn: file.startsWith('src/'),
  isAsync: false,
});
const error = (message: string, parts: Partial<SerializedError> = {}): SerializedError => ({
  name: 'Error',
  message,
  frames: [
    frame('run', 'node_modules/pg/client.js'),
    frame('UsersService.find', 'src/users/users.service.ts'),
  ],
  causes: [],
  ...parts,
});
const key = (message: string, parts?: Partial<SerializedError>) => fingerprint(error(message, parts)).key;
const title = (message: string) => fingerprint(error(message)).title;

describe('fingerprint', () => {
  it('has a key of 32 hexadecimal digits', () => {
    expect(key('no')).toMatch(/^[\da-f]{32}$/);
  });

  it.each([
    ['User 42 is gone', 'User 7 is gone', 'Error: User N is gone'],
    ['took 1.5 s, 20,000 rows', 'took 12 s, 7 rows', 'Error: took N s, N rows'],
    ["No user 'susan'", "No user 'o'brien'", "Error: No user '…'"],
    ['No user "susan green".', 'No user "".', 'Error: No user "…".'],
    ['No `a`', 'No `b 2`', 'Error: No `…`'],
    ['No «a»', 'No «b»', 'Error: No «…»'],
    ['to susan@example.com', 'to john+1@mail.example.org', 'Error: to EMAIL'],
    ['id 550e8400-e29b-41d4-a716-446655440000', 'id 6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'Error: id UUID'],
    ['blob deadbeef01', 'blob 0123456789abcdef', 'Error: blob HEX'],
    ['at 0xff', 'at 0x7ffe12', 'Error: at HEX'],
    ['see K7Q2-9MXD', 'see 22AB-C3DE', 'Error: see ID'],
    ['key V1StGXR8_Z5jdHi6B-myT', 'key 3IBBoOd_b1YSlnKa3Xyzz', 'Error: key ID'],
    ['since 2024-01-02T03:04:05.678Z', 'since 2025-12-31 23:59:59+01:00', 'Error: since DATE'],
    [`since ${new Date(0).toString()}`, `since ${new Date(1e12).toString()}`, 'Error: since DATE'],
    ['at 10:20:30', 'at 9:05', 'Error: at TIME'],
    ['GET /users/susan/posts', 'GET /users/john', 'Error: GET /users/…'],
    ['GET /search?q=a', 'GET /search?q=b&page=2', 'Error: GET /search?…'],
    [
      'GET https://api.example.com/a/1?b',
      'GET https://api.example.com/c',
      'Error: GET https://api.example.com/…',
    ],
    ['IN (1, 2, 3)', 'IN (4, 5)', 'Error: IN (N, …)'],
    ['No “susan”', 'No “o’brien green”', 'Error: No “…”'],
    ['Kein „Bier“ da', 'Kein „Kaffee mit Milch“ da', 'Error: Kein “…” da'],
    ['No ‘susan’, sorry', 'No ‘john’, sorry', 'Error: No ‘…’, sorry'],
    ['Pas de ‹a›', 'Pas de ‹b c›', 'Error: Pas de ‹…›'],
    [
      'connect ECONNREFUSED ::1:5432',
      'connect ECONNREFUSED 127.0.0.1:5433',
      'Error: connect ECONNREFUSED IP',
    ],
    ['from [2001:db8::7]:443: no', 'from fe80::1%eth0: no', 'Error: from IP: no'],
    ['Order a7f3 is lost', 'Order 9bc2 is lost', 'Error: Order HEX is lost'],
    ['Order x7k is lost', 'Order 9zQ4 is lost', 'Error: Order ID is lost'],
    ['open C:\\Users\\Susan Green\\a.txt failed', 'open D:\\b.log failed', 'Error: open PATH failed'],
    ['open \\\\server\\share\\a failed', 'open C:/b failed', 'Error: open PATH failed'],
    [
      'Unexpected token \'a\', "{"a": 1}" is not valid JSON',
      'Unexpected token \'b\', "b" is not valid JSON',
      'Error: Unexpected token \'…\', "…" is not valid JSON',
    ],
  ])('groups %j with %j', (one, other, expected) => {
    expect([title(one), title(other)]).toEqual([expected, expected]);
    expect(key(one)).toBe(key(other));
  });

  it.each([
    ['UNIQUE constraint failed: users.username', 'UNIQUE constraint failed: users.email'],
    ["can't read, won't write", "can't open, won't write"],
    ['connection refused', 'connection reset'],
    [
      "Cannot read properties of undefined (reading 'name')",
      "Cannot read properties of undefined (reading 'id')",
    ],
    ["Cannot set properties of null (setting 'name')", "Cannot set properties of null (setting 'id')"],
    ['step1 is not a function', 'step2 is not a function'],
    ["Cannot access 'user' before initialization", "Cannot access 'post' before initialization"],
    [
      'duplicate key value violates unique constraint "UQ_fe0bb3f6520ee0469504521e710"',
      'duplicate key value violates unique constraint "UQ_97672ac88f789774dd47f7c8be3"',
    ],
    [
      'null value in column "email" of relation "users" violates not-null constraint',
      'null value in column "username" of relation "users" violates not-null constraint',
    ],
    ['column "address1" does not exist', 'column "address2" does not exist'],
    ['no such column: address1', 'no such column: address2'],
    ['CHECK constraint failed: price_1', 'CHECK constraint failed: price_2'],
    ['Missing helper: "iff"', 'Missing helper: "elseif"'],
    ["Cannot find module './a'", "Cannot find module './b'"],
    ['The "path" argument must be of type string', 'The "url" argument must be of type string'],
  ])('tells %j from %j', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it('tells classes apart', () => {
    expect(key('no', { name: 'TypeError' })).not.toBe(key('no'));
  });

  it('goes by the nearest function of the project, not by its line', () => {
    const at = (...frames: StackFrame[]) => key('no', { frames });
    const library = frame('run', 'node_modules/a.js');
    const here = frame('find', 'src/a.ts', 5);
    expect(at(library, here)).toBe(at(frame('other', 'node:fs'), { ...here, line: 9, column: 2 }, library));
    expect(at(here)).not.toBe(at({ ...here, function: 'save' }));
    expect(at(here)).not.toBe(at({ ...here, file: 'src/b.ts' }));
  });

  it('goes by the nearest function of all where none is of the project', () => {
    const at = (...frames: StackFrame[]) => key('no', { frames });
    const library = frame('run', 'node_modules/a.js');
    expect(at(library)).toBe(at({ ...library, line: 9 }, frame('other', 'node:fs')));
    expect(at(library)).not.toBe(at({ ...library, function: 'stop' }));
    expect(at()).not.toBe(at(library));
  });

  it('tells root causes apart by their class', () => {
    const because = (name: string, message: string) =>
      key('no', { causes: [error('x'), error(message, { name })] });
    expect(because('TypeError', 'a')).toBe(because('TypeError', 'b'));
    expect(because('TypeError', 'a')).not.toBe(because('RangeError', 'a'));
    expect(because('TypeError', 'a')).not.toBe(key('no'));
  });

  it('tells what was logged by the error that was logged with it', () => {
    const logged = (message: string) => key('It failed', { name: 'LoggedError', causes: [error(message)] });
    expect(logged('User 1 is gone')).toBe(logged('User 2 is gone'));
    expect(logged('User 1 is gone')).not.toBe(logged('Post 1 is gone'));
  });

  it('groups long messages by their beginning', () => {
    const beginning = 'no '.repeat(150);
    expect(key(`${beginning} a`)).toBe(key(`${beginning} b`));
  });

  it.each([
    'a\r\nSubject: b',
    'a\0b\u001b[31m',
    'a\u2028b\u202eb',
    '\ud800',
    ' \n ',
    'x'.repeat(1e6),
    '🙂'.repeat(80),
  ])('has a title of one printable line for %j', (message) => {
    const { title } = fingerprint(error(message, { name: `My\nError${message}` }));
    expect(title).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]{1,120}$/u);
  });

  it('has the class alone as the title where there is no message', () => {
    expect(title('')).toBe('Error');
  });
});
