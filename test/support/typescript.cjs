/** Lets a process of its own load TypeScript, as Jest does: `node --require ./test/support/typescript.cjs`. */
const { transformFileSync } = require('@swc/core');
const { join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');
const options = {
  configFile: join(ROOT, '.swcrc'),
  sourceMaps: 'inline',
  jsc: { baseUrl: ROOT, paths: { '@microblog/*': ['./packages/*/src/index.ts'] } },
};
require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);
