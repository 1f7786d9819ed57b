/**
 * The map of the repository, from the ground up: what each package, and each folder of `src/`, may import from, beside itself. Of a package
 * that is its `index.ts`. Lint holds it, and that no files import each other in a circle.
 */
export const PACKAGES = {
  'error-report': [],
  forms: ['private-files'],
  debugger: ['error-report'],
  'private-files': [],
  'rotating-file': ['private-files'],
  'unit-of-work': ['private-files'],
};

/** A folder may import from every package as well. */
export const FOLDERS = {
  config: [],
  timing: [],
  templates: ['config'],
  database: ['config'],
  users: ['database'],
  http: ['users'],
  mail: ['config', 'database', 'templates', 'timing'],
  logging: ['config', 'http'],
  workers: ['config', 'logging'],
  'error-mails': ['config', 'logging', 'mail', 'timing'],
  rendering: ['config', 'http', 'templates'],
  submissions: ['config', 'database', 'http', 'rendering'],
  auth: ['config', 'database', 'http', 'logging', 'mail', 'rendering', 'submissions', 'timing', 'users'],
  posts: ['auth', 'database', 'rendering', 'users'],
  profile: ['auth', 'posts', 'rendering', 'users'],
  errors: ['auth', 'config', 'database', 'http', 'logging', 'rendering', 'submissions', 'timing'],
  'debug-mode': ['config', 'errors', 'http', 'logging'],
  health: ['auth', 'timing'],
};
