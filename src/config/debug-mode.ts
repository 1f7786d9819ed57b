import { readDotEnv } from './dot-env';

/**
 * Whether debug mode is asked for, outside of production, as far as that can be told before the settings are checked: one of the others
 * may be what is wrong.
 */
export function wantsDebugMode(): boolean {
  const { MICROBLOG_DEBUG = '', NODE_ENV = '' } = { ...dotEnv(), ...process.env };
  return /^\s*(?:1|true|yes|on)\s*$/i.test(MICROBLOG_DEBUG) && !/^\s*prod/i.test(NODE_ENV);
}

function dotEnv(): NodeJS.Dict<string> {
  try {
    return readDotEnv();
  } catch {
    return {};
  }
}
