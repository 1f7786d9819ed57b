/**
 * Breaks the built application in the ways that its debugger is tried on: routes that fail, and services that do for who asks for it.
 * Loaded before `dist/src/main.js`, which is then started as it is; plain JavaScript, so that a process of its own can load it.
 */
const { Buffer } = require('node:buffer');
const process = require('node:process');
const { setTimeout: sleep } = require('node:timers/promises');
const { inspect } = require('node:util');
// As `dist/src/main.js` does, which comes too late for what is loaded here.
process.setSourceMapsEnabled(true);
require('reflect-metadata');
const { Controller, Get, Logger, Module } = require('@nestjs/common');
const { ModuleRef } = require('@nestjs/core');
const { DataSource } = require('typeorm');
const { AppModule } = require('../../dist/src/app.module.js');
const { Environment } = require('../../dist/src/config/environment.js');
const { Public } = require('../../dist/src/auth/public.decorator.js');
const { SessionMiddleware } = require('../../dist/src/auth/session.middleware.js');
const { requestContext } = require('../../dist/src/http/request-context.js');
const { TemplateEngine } = require('../../dist/src/rendering/template-engine.js');
const { UsersService } = require('../../dist/src/users/users.service.js');

class StorageError extends Error {}

class DebuggedController {
  constructor(dataSource, moduleRef) {
    this.dataSource = dataSource;
    this.moduleRef = moduleRef;
    this.shelf = 'fiction';
  }

  /** An error with two causes, the last of which tells more than its message. */
  chain() {
    try {
      readShelf('poetry');
    } catch (error) {
      throw new StorageError('The <b>shelf</b> & "its" books <script>alert(1)</script>', { cause: error });
    }
  }

  /** What a frame can hold, and what must not be run by looking at it. */
  values() {
    let looked = 0;
    const look = () => {
      looked++;
      return 'looked at';
    };
    const trap = Object.defineProperty({ [inspect.custom]: look }, 'price', { get: look, enumerable: true });
    const watched = new Proxy(
      {},
      { get: look, ownKeys: () => [look()], getPrototypeOf: () => look() && null },
    );
    const deep = {
      one: { two: { three: { four: 'the deepest' } } },
      list: Array.from({ length: 250 }, (_, i) => i),
    };
    const long = `${'x'.repeat(500)} the end`;
    let count = 20;
    const add = (amount) => {
      const sum = count + amount;
      if (sum > 0) throw new RangeError(`${this.shelf} has ${count} and ${amount}`);
      return [trap, watched, deep, long, looked, (count = sum)];
    };
    return add(1);
  }

  /** Two of its three calls have been left when it fails. */
  async waiting() {
    const before = 'before the await';
    await this.waitingToo();
    return before;
  }

  async waitingToo() {
    const between = 'between the awaits';
    await failLater();
    return between;
  }

  logged() {
    const logger = new Logger('Librarian');
    logger.log('Looks for the book');
    logger.warn('The book is not on its shelf');
    throw new Error('The book is lost');
  }

  /** What an application has in its hands that nobody else may have. */
  secrets() {
    const environment = this.moduleRef.get(Environment, { strict: false });
    const { SECRET_KEY, MICROBLOG_DEBUG_PIN } = environment;
    const derived = environment.secrets;
    const innocent = { first: SECRET_KEY, second: [derived], text: `signed with ${SECRET_KEY}` };
    const user = { username: 'susan', passwordHash: process.env.CANARY };
    const form = { body: { password: process.env.CANARY } };
    const bytes = Buffer.from(SECRET_KEY);
    const parts = new Map([['token', process.env.CANARY]]);
    const later = Promise.resolve(process.env.CANARY);
    const watched = new Proxy({ value: process.env.CANARY }, {});
    const origin = { password: process.env.CANARY, pin: MICROBLOG_DEBUG_PIN };
    const all = { innocent, user, form, bytes, parts, later, watched, origin };
    if (all)
      throw new Error(`Signed with ${SECRET_KEY}`, {
        cause: Object.assign(new Error('Below'), { query: SECRET_KEY }),
      });
    return all;
  }

  /** All that the debugger serves itself. */
  routes() {
    const { DebuggerRoutes } = require('../../dist/packages/debugger/src/debugger-routes.js');
    const { stack } = this.moduleRef.get(DebuggerRoutes, { strict: false }).tools;
    return stack.flatMap(({ route }) =>
      Object.keys(route?.methods ?? {}).map((method) => `${method.toUpperCase()} ${route.path}`),
    );
  }

  async closeDatabase() {
    await this.dataSource.destroy();
    return 'Closed';
  }
}

function readShelf(name) {
  try {
    throw Object.assign(new Error('no such shelf'), { code: 'ENOSHELF' });
  } catch (error) {
    throw new TypeError(`${name} cannot be read`, { cause: error });
  }
}

async function failLater() {
  await sleep(1);
  const late = 'after the await';
  throw new Error(`It failed ${late}`);
}

class DebuggedModule {}

for (const name of ['chain', 'values', 'waiting', 'logged', 'secrets', 'routes', 'closeDatabase'])
  decorateMethod(name, Get(name));
Reflect.defineMetadata('design:paramtypes', [DataSource, ModuleRef], DebuggedController);
Controller('debugged')(DebuggedController);
Public()(DebuggedController);
Module({ controllers: [DebuggedController] })(DebuggedModule);

const forRoot = AppModule.forRoot.bind(AppModule);
AppModule.forRoot = (environment) => {
  const { imports = [], ...root } = forRoot(environment);
  return { ...root, imports: [...imports, DebuggedModule] };
};

/**
 * The application's own TypeScript fails where its repository is missing, which is so for who is
 * called `lost`, and who registers as `misplaced`.
 */
const { findByUsername, register } = UsersService.prototype;
UsersService.prototype.findByUsername = function (username) {
  return findByUsername.call(username === 'lost' ? withoutRepository(this) : this, username);
};
UsersService.prototype.register = function (person) {
  return register.call(person.username === 'misplaced' ? withoutRepository(this) : this, person);
};

const { render } = TemplateEngine.prototype;
TemplateEngine.prototype.render = function (name, data) {
  if (isBroken('templates')) throw new Error(`The template ${name} is broken`);
  return render.call(this, name, data);
};

const { use } = SessionMiddleware.prototype;
SessionMiddleware.prototype.use = function (...parameters) {
  if (isBroken('session')) throw new Error('The session cannot be read');
  return use.apply(this, parameters);
};

function withoutRepository(service) {
  return Object.create(service, { users: { value: undefined }, byUsernameKey: { value: undefined } });
}

/** A request says itself what is broken for it. */
function isBroken(what) {
  return requestContext()?.request.get('X-Break') === what;
}

function decorateMethod(name, decorator) {
  decorator(
    DebuggedController.prototype,
    name,
    Object.getOwnPropertyDescriptor(DebuggedController.prototype, name),
  );
}
