/** A process that logs: `node log-writer.js OPTIONS NAME LINES [WAY]`; it is killed after the last line, or its lines wait and it ends in another way. */
const { transformFileSync } = require('@swc/core');
const { join, resolve } = require('node:path');
const { createLogger, format } = require('winston');

const PACKAGES = resolve(__dirname, '../..');
const jsc = { baseUrl: PACKAGES, paths: { '@microblog/*': [join(PACKAGES, '*/src/index.ts')] } };
require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path, { jsc }).code, path);
const { RotatingFile } = require('../src/rotating-file.ts');

const [options, name, lines, way] = process.argv.slice(2);
const logger = createLogger({
  format: format.printf(({ message }) => message),
  transports: [new RotatingFile({ ...JSON.parse(options), mayWait: () => way !== undefined })],
});
for (let line = 0; line < Number(lines); line += 1) logger.info(`${name} ${line} ${'.'.repeat(60)} end`);
if (way === 'exit') process.exit(0);
if (way === 'throw') throw new Error('Nobody catches this');
if (way === undefined) process.kill(process.pid, 'SIGKILL');
