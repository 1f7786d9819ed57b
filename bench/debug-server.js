/**
 * The built application with routes that throw: some catch it themselves, one does not. Needs `--expose-gc`.
 */
const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');
const { setImmediate: macrotask } = require('node:timers/promises');
require('reflect-metadata');
const { Controller, Get, Module, Param } = require('@nestjs/common');
const { AppModule } = require('../dist/src/app.module.js');
const { Public } = require('../dist/src/auth/public.decorator.js');

const CHUNK = Buffer.alloc(2 ** 16);
const ELEMENTS = 10_000;
/** The arrays that failing requests had in a variable; those that something still holds on to are counted. */
const held = [];

class ThrowingController {
  /** Works for a while, and throws and catches on the way; what it answers with shows that it was the page that was meant. */
  caught(throws, work) {
    const errors = Number(throws);
    const chunks = Number(work);
    let caught = 0;
    for (let step = 0; step < Math.max(errors, chunks); step++) {
      if (step < chunks) digest();
      if (step < errors) caught += failAndCatch(step);
    }
    return `caught ${caught}`;
  }

  /** The same across awaits, each of which lets the event loop go round. */
  async awaited(throws, work) {
    const errors = Number(throws);
    const chunks = Number(work);
    let caught = 0;
    for (let step = 0; step < Math.max(errors, chunks); step++) {
      await macrotask();
      if (step < chunks) digest();
      if (step < errors) caught += failAndCatch(step);
    }
    return `caught ${caught}`;
  }

  /** Throws and catches, and then fails; its page shows whether the last error still has its variables. */
  async burst(throws, isAwaited) {
    for (let step = 0; step < Number(throws); step++) failAndCatch(step);
    if (isAwaited === 'awaited') await macrotask();
    const afterTheBurst = 'shown';
    throw new Error(`This one is ${afterTheBurst}`);
  }

  large() {
    const elements = Array.from({ length: ELEMENTS }, (_, index) => index / 2);
    held.push(new WeakRef(elements));
    throw new Error(`All ${elements.length} elements were lost`);
  }

  async memory() {
    // What a WeakRef has been asked for lives until the end of that turn.
    await macrotask();
    globalThis.gc();
    const arrays = held.filter((reference) => reference.deref()).length;
    return { ...process.memoryUsage(), arrays };
  }
}

function digest() {
  return createHash('sha256').update(CHUNK).digest();
}

function failAndCatch(step) {
  try {
    throw new Error(`Caught: ${step}`);
  } catch {
    return 1;
  }
}

class ThrowingModule {}

route('caught', 'caught/:throws/:work', 'throws', 'work');
route('awaited', 'awaited/:throws/:work', 'throws', 'work');
route('burst', 'burst/:throws/:awaited', 'throws', 'awaited');
route('large', 'large');
route('memory', 'memory');
Controller('throwing')(ThrowingController);
Public()(ThrowingController);
Module({ controllers: [ThrowingController] })(ThrowingModule);

const forRoot = AppModule.forRoot.bind(AppModule);
AppModule.forRoot = (environment) => {
  const { imports = [], ...root } = forRoot(environment);
  return { ...root, imports: [...imports, ThrowingModule] };
};

require('../dist/src/main.js');

function route(method, path, ...parameters) {
  const { prototype } = ThrowingController;
  Get(path)(prototype, method, Object.getOwnPropertyDescriptor(prototype, method));
  parameters.forEach((name, index) => Param(name)(prototype, method, index));
}
