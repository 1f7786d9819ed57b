const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** As people read it: `512 bytes`, `1.5 MB`, a kB being 1,024 bytes. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${UNITS[power - 1]}`;
}
