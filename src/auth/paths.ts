/** Where people go who have signed in. */
export const HOME = '/index';
export const LOGIN = '/login';
