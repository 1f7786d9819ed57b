/**
 * Tells on standard output what nobody sees from outside: sessions with the inspector as they are opened, the delays of wrong PINs, which
 * it makes a hundred times as short, and on SIGUSR2 how many files of the debugger are loaded.
 */
const console = require('node:console');
const inspector = require('node:inspector');
const process = require('node:process');
const timers = require('node:timers/promises');

inspector.Session = class extends inspector.Session {
  connect() {
    console.log('Witness: an inspector session');
    super.connect();
  }
};

const open = inspector.open;
inspector.open = (...parameters) => {
  console.log('Witness: an inspector port');
  return open(...parameters);
};

const pause = timers.setTimeout;
timers.setTimeout = (milliseconds, ...parameters) => {
  if (!/pin-attempts/.test(new Error().stack)) return pause(milliseconds, ...parameters);
  console.log(`Witness: a pause of ${milliseconds} ms`);
  return pause(milliseconds / 100, ...parameters);
};

process.on('SIGUSR2', () => {
  const files = Object.keys(require.cache).filter((file) =>
    /[\\/]dist[\\/](?:packages|src)[\\/]debugger[\\/]/.test(file),
  );
  console.log(`Witness: ${files.length} files of the debugger`);
});
