/** The built application with failing routes; tells its memory when it is asked. Needs `--expose-gc`. */
require('../test/support/failing-routes.cjs');

process.on('message', (message) => {
  if (message !== 'memory') return;
  globalThis.gc();
  process.send(process.memoryUsage());
});

require('../dist/src/main.js');
