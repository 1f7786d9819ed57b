const [unit] = require('./jest.config').projects;

if (!/^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '')) {
  throw new Error(
    'test:packages needs DATABASE_URL=postgres://… of a server on which it may create databases',
  );
}

/** The packages as they are published, in an application outside the repository. @type {import('jest').Config} */
module.exports = {
  ...unit,
  displayName: 'packages',
  globals: { POSTGRES_URL: process.env.DATABASE_URL },
  testMatch: ['<rootDir>/test/packages/*.spec.ts'],
  testTimeout: 60_000,
};
