import { jsonLines, readableLine } from './line-formats';
import { LogEntry } from './log-entry';

const ENTRY: LogEntry = {
  channel: 'application',
  level: 'error',
  message: 'It went wrong',
  timestamp: '2026-01-01T00:00:00.000Z',
  details: Array.from({ length: 1_000 }, (_, number) => `caused by Error ${number}: ${'x'.repeat(10_000)}`),
};

describe.each<[string, (entry: LogEntry) => string]>([
  ['readableLine', readableLine],
  [
    'jsonLines',
    (entry) => {
      const written = jsonLines.transform({ ...entry }) as unknown as Record<symbol, string>;
      return written[Symbol.for('message')] ?? '';
    },
  ],
])('%s', (_name, format) => {
  it('cuts an entry with no end, and says so', () => {
    const text = format(ENTRY);
    expect(text.length).toBeLessThan(61_000);
    expect(text).toContain('caused by Error 0');
    expect(text).toContain('… [cut: 1000 lines]');
  });
});
