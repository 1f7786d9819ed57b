const [unit] = require('./jest.config').projects;

/** The built application in a real browser. @type {import('jest').Config} */
module.exports = {
  ...unit,
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.browser-spec.ts'],
  // A browser, and npm run dev beside it, on a machine that may be busy.
  testTimeout: 90_000,
  // Each has an application and a browser of its own to share the machine with.
  maxWorkers: 2,
};
