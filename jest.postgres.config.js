const { projects, testTimeout, maxWorkers, workerGracefulExitTimeout } = require('./jest.config.js');

const { DATABASE_URL } = process.env;
if (!/^postgres(ql)?:/.test(DATABASE_URL ?? '')) {
  throw new Error(
    'test:postgres needs DATABASE_URL=postgres://… of a server on which it may create databases',
  );
}

const e2e = projects.find(({ displayName }) => displayName === 'e2e');

/** The e2e suite, and the unit of work, on PostgreSQL. @type {import('jest').Config} */
module.exports = {
  ...e2e,
  displayName: 'e2e on PostgreSQL',
  testMatch: [...e2e.testMatch, '<rootDir>/packages/unit-of-work/test/**/*.spec.ts'],
  globals: { POSTGRES_URL: DATABASE_URL },
  testTimeout,
  maxWorkers,
  workerGracefulExitTimeout,
};
