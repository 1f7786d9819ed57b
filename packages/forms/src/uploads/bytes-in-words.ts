import { Message } from '../translations/message';

const UNITS = ['{count} bytes', '{count} kB', '{count} MB', '{count} GB', '{count} TB'] as const;

/** As people read it: `512 bytes`, `1.5 MB`, a kB being 1,024 bytes. */
export function bytesInWords(bytes: number): Message {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return new Message(UNITS[power] ?? UNITS[0], { count: Number((bytes / 1024 ** power).toFixed(1)) });
}
