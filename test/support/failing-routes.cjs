/**
 * Adds to the built application what it has not: routes that fail. Loaded before `dist/src/main.js`, which is then started as it is;
 * plain JavaScript, so that a process of its own can load it.
 */
const { setImmediate } = require('node:timers');
// As `dist/src/main.js` does, which comes too late for what is loaded here.
process.setSourceMapsEnabled(true);
require('reflect-metadata');
const { Controller, Get, Module, Param } = require('@nestjs/common');
const { AppModule } = require('../../dist/src/app.module.js');
const { Public } = require('../../dist/src/auth/public.decorator.js');

class FailingController {
  /** Of the caller's; its like differ by a number. */
  like(number) {
    throw new Error(`Order ${number} of 'somebody' was lost`);
  }

  /** Of the caller's; each word is an error of its own. */
  unlike(word) {
    throw new Error(`Nobody likes ${word}`);
  }

  /** Nobody waits for the promise. */
  reject() {
    void Promise.reject(new TypeError('Nobody has waited for this promise'));
    return 'Rejected';
  }

  /** Nobody is there to catch it. */
  throw() {
    setImmediate(() => {
      throw new RangeError('Nobody has caught this exception');
    });
    return 'Thrown';
  }
}

class FailingModule {}

decorateMethod('like', Get('like/:number'));
decorateMethod('unlike', Get('unlike/:word'));
decorateMethod('reject', Get('reject'));
decorateMethod('throw', Get('throw'));
Param('number')(FailingController.prototype, 'like', 0);
Param('word')(FailingController.prototype, 'unlike', 0);
Controller('failing')(FailingController);
Public()(FailingController);
Module({ controllers: [FailingController] })(FailingModule);

const forRoot = AppModule.forRoot.bind(AppModule);
AppModule.forRoot = (environment) => {
  const { imports = [], ...root } = forRoot(environment);
  return { ...root, imports: [...imports, FailingModule] };
};

function decorateMethod(name, decorator) {
  decorator(
    FailingController.prototype,
    name,
    Object.getOwnPropertyDescriptor(FailingController.prototype, name),
  );
}
