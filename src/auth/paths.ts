/** Where people go after signing in. */
export const HOME = '/index';
export const LOGIN = '/login';
