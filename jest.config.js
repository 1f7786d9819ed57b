const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { workspaces } = require('./package.json');

/** SWC would look for it in the current directory, which is that of a package where only its tests are run. */
const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** NestJS 12, and what it needs to read files, are ES modules; Jest runs them as CommonJS. */
const ES_MODULES = [
  '@nestjs',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
];

const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  setupFiles: ['reflect-metadata'],
  // The sources of the packages: what they are built to is for those who install them.
  moduleNameMapper: { '^@microblog/([^/]+)$': '<rootDir>/packages/$1/src/index.ts' },
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    ...workspaces.map((workspace) => ({
      ...shared,
      displayName: workspace.replace('packages/', ''),
      testMatch: [`<rootDir>/${workspace}/**/*.spec.ts`],
    })),
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
  ],
  testTimeout: 20_000,
  // A worker that has loaded so much takes more than Jest's half a second to end; one that leaves something open is told of all the same.
  workerGracefulExitTimeout: 10_000,
  // Jest would leave one of two cores idle, and many of these tests wait for a process, a database or a mail.
  maxWorkers: 3,
};
