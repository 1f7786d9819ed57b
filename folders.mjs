/**
 * The folders of `src/`, from the ground up, and what each may import from, beside itself. Lint holds it, and that no files import each other
 * in a circle.
 */
export const FOLDERS = {
  files: [],
  config: ['files'],
  templates: ['config'],
  database: ['config', 'files'],
  mail: ['config', 'database', 'files', 'templates'],
  logging: ['config', 'database', 'files', 'mail'],
  rendering: ['config', 'templates'],
  submissions: ['config', 'database', 'rendering'],
  forms: ['config', 'logging', 'rendering'],
  users: ['database', 'forms'],
  auth: ['config', 'database', 'forms', 'logging', 'mail', 'rendering', 'submissions', 'users'],
  posts: ['auth', 'database', 'forms', 'rendering', 'users'],
  profile: ['auth', 'forms', 'posts', 'rendering', 'users'],
  errors: ['auth', 'config', 'database', 'forms', 'logging', 'rendering', 'submissions'],
  debugger: ['config', 'database', 'errors', 'logging', 'templates'],
  health: ['auth'],
};
