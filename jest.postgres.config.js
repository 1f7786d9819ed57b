const { projects, testTimeout, maxWorkers } = require('./jest.config.js');

const { DATABASE_URL } = process.env;
if (!/^postgres(ql)?:/.test(DATABASE_URL ?? '')) {
  throw new Error(
    'test:postgres needs DATABASE_URL=postgres://… of a server on which it may create databases',
  );
}

/** The e2e suite on PostgreSQL. @type {import('jest').Config} */
module.exports = {
  ...projects.find(({ displayName }) => displayName === 'e2e'),
  displayName: 'e2e on PostgreSQL',
  globals: { POSTGRES_URL: DATABASE_URL },
  testTimeout,
  maxWorkers,
};
