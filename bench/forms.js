/** What checking a form costs: the register form by our FormValidator against class-validator's plain `validate()`. */
require('reflect-metadata');
const { Test } = require('@nestjs/testing');
const { useContainer, validate } = require('class-validator');
const { RegisterDto } = require('../dist/src/auth/register.dto');
const { Form, FormValidator, fillForm } = require('../dist/packages/forms/src');
const { IsEmailAvailable } = require('../dist/src/users/is-email-available');
const { IsUsernameAvailable } = require('../dist/src/users/is-username-available');
const { UsersService } = require('../dist/src/users/users.service');
const { interleave, median, printTable } = require('./support');

const ROUNDS = { rounds: 1_000, warmUp: 200 };
/** Checks that are timed as one: a clock has its own grain. */
const CHECKS = 20;
const LARGEST_FACTOR = 2;

const BODIES = {
  valid: {
    username: 'susan',
    email: 'susan@example.com',
    password: 'a long password',
    password2: 'a long password',
  },
  invalid: { username: '-', email: 'susan', password: 'short', password2: 'other' },
};

async function main() {
  const { validator, app } = await start();
  console.log(`${ROUNDS.rounds} rounds of ${CHECKS} checks of the register form, Node ${process.version}`);
  const rows = [];
  for (const [name, body] of Object.entries(BODIES)) rows.push(await measure(name, body, validator));
  await app.close();
  printTable(['', 'fillForm µs', 'FormValidator µs', 'validate() µs', 'factor', 'target'], rows.map(inWords));
  if (rows.some(({ factor }) => factor > LARGEST_FACTOR)) process.exitCode = 1;
}

/** The validators with their services; the database, which both would ask alike, answers at once. */
async function start() {
  const users = { hasEmail: async () => false, findByUsername: async () => null };
  const app = await Test.createTestingModule({
    providers: [
      FormValidator,
      IsEmailAvailable,
      IsUsernameAvailable,
      { provide: UsersService, useValue: users },
    ],
  }).compile();
  // Nest's own container would throw for every class that is no provider, which takes longer than all the checks.
  const providers = new Map([IsEmailAvailable, IsUsernameAvailable].map((type) => [type, app.get(type)]));
  useContainer(providers, { fallback: true });
  return { validator: app.get(FormValidator), app };
}

async function measure(name, body, validator) {
  const dto = fillForm(new RegisterDto(), body).data;
  const checkForm = async () => {
    const form = new Form(dto, body);
    await validator.validate(form);
    return form.isValid;
  };
  const checkPlainly = async () => (await validate(dto)).length === 0;
  for (const check of [checkForm, checkPlainly]) {
    if ((await check()) !== (name === 'valid')) throw new Error(`The ${name} form is not taken for it`);
  }
  const times = await interleave(
    {
      fill: repeated(() => fillForm(new RegisterDto(), body)),
      form: repeated(checkForm),
      plain: repeated(checkPlainly),
    },
    ROUNDS,
  );
  const [fill, form, plain] = Object.values(times).map((list) => (1000 * median(list)) / CHECKS);
  return { name, fill, form, plain, factor: form / plain };
}

function repeated(check) {
  return async () => {
    for (let number = 0; number < CHECKS; number++) await check();
  };
}

function inWords({ name, fill, form, plain, factor }) {
  const times = [fill, form, plain].map((time) => time.toFixed(1));
  return [name, ...times, factor.toFixed(2), `at most ${LARGEST_FACTOR}`];
}

main();
