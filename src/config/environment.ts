import { Expose, plainToInstance } from 'class-transformer';
import { IsOptional, validateSync } from 'class-validator';
import { hkdfSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isLoopback } from './host';
import {
  DatabaseUrl,
  EmailAddresses,
  HostName,
  MatchesPattern,
  OneOf,
  Sender,
  Setting,
  ToBoolean,
  TrustProxy,
  ToInteger,
  trustProxyOption,
} from './setting.decorators';
import { StartError } from './start-error';

/** Variables whose value no message may show. */
const SECRETS = ['SECRET_KEY', 'DATABASE_URL', 'MAIL_PASSWORD', 'MICROBLOG_DEBUG_PIN'];
/** Variables in whose value an `@` does not end a user name and a password. */
const ADDRESSES = ['ADMINS', 'MAIL_DEFAULT_SENDER'];

const KEY_USES = ['cookies', 'csrf', 'debugger', 'submissions', 'known-browsers'] as const;
/** What a key is derived for. */
export type KeyUse = (typeof KEY_USES)[number];

/** In characters. A shorter key could be guessed from a signed cookie; generated keys have this length too. */
const SHORTEST_SECRET_KEY = 32;

/** The settings of the process, checked. Names and defaults are those of the table in `docs/settings.md`. */
export class Environment {
  @Expose()
  @OneOf('development', 'test', 'production')
  readonly NODE_ENV: string = 'development';

  @Expose()
  @ToInteger({ min: 0, max: 65_535 })
  readonly PORT: number = 3000;

  @Expose()
  @HostName('PORT')
  readonly HOST: string = '127.0.0.1';

  /** How many processes serve; see {@link workers}. */
  @Expose()
  @IsOptional()
  @ToInteger({ min: 1, max: 256 })
  readonly WEB_CONCURRENCY?: number;

  /** What Express takes as `trust proxy`: how many proxies, or the names or addresses of those to believe. */
  @Expose()
  @TrustProxy()
  readonly TRUST_PROXY: string = 'loopback';

  @Expose()
  @DatabaseUrl()
  readonly DATABASE_URL: string = 'sqlite:microblog.sqlite';

  /** Signs cookies. Empty only until {@link loadEnvironment} has read or made the key file. */
  @Expose()
  @Setting()
  readonly SECRET_KEY: string = '';

  @Expose()
  @IsOptional()
  @HostName('MAIL_PORT')
  readonly MAIL_SERVER?: string;

  @Expose()
  @ToInteger({ min: 1, max: 65_535 })
  readonly MAIL_PORT: number = 25;

  @Expose()
  @ToBoolean()
  readonly MAIL_USE_TLS: boolean = false;

  @Expose()
  @IsOptional()
  @Setting()
  readonly MAIL_USERNAME?: string;

  @Expose()
  @IsOptional()
  @Setting()
  readonly MAIL_PASSWORD?: string;

  @Expose()
  @IsOptional()
  @Sender()
  readonly MAIL_DEFAULT_SENDER?: string;

  @Expose()
  @EmailAddresses()
  readonly ADMINS: string[] = [];

  /** Attempts a minute, which the other limits on what people do are multiples of; 0 turns all of them off. */
  @Expose()
  @ToInteger({ min: 0, max: 1_000_000 })
  readonly AUTH_RATE_LIMIT: number = 20;

  @Expose()
  @Setting()
  readonly LOG_DIR: string = 'logs';

  /** The size at which the log file is rotated, in bytes; 0 never rotates it. */
  @Expose()
  @ToInteger({ min: 0, max: 1_000_000_000_000, of: 'bytes' })
  readonly LOG_MAX_BYTES: number = 5 * 1024 * 1024;

  @Expose()
  @ToInteger({ min: 0, max: 1_000 })
  readonly LOG_BACKUP_COUNT: number = 10;

  @Expose()
  @ToBoolean()
  readonly LOG_TO_STDOUT: boolean = false;

  @Expose()
  @ToBoolean()
  readonly MICROBLOG_DEBUG: boolean = false;

  /** `off`, or digits; undefined for one that is made for this machine, user and project. */
  @Expose()
  @IsOptional()
  @MatchesPattern(
    /^(?:off|(?:[ -]*\d){6,100}[ -]*)$/i,
    'must be off, or six digits or more, which hyphens and spaces may stand between',
  )
  readonly MICROBLOG_DEBUG_PIN?: string;

  /** Opens a file in the editor; with `{file}`, `{line}` and `{column}`. */
  @Expose()
  @MatchesPattern(
    /^(?!javascript:)[a-z][a-z\d+.-]*:.*\{file\}/i,
    'must be an address with {file}, such as vscode://file{file}:{line}:{column}',
  )
  readonly EDITOR_URL: string = 'vscode://file{file}:{line}:{column}';

  /** A private field of the language, so that inspecting this object does not show the keys. */
  readonly #keys = new Map<KeyUse, string>();

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** How many processes serve. */
  get workers(): number {
    return this.WEB_CONCURRENCY ?? (this.isProduction ? availableParallelism() : 1);
  }

  /** The value for Express's `trust proxy`. */
  get trustProxy(): number | boolean | string {
    return trustProxyOption(this.TRUST_PROXY);
  }

  /** The path of the SQLite file, or undefined where the database is PostgreSQL. */
  get sqliteFile(): string | undefined {
    const [, path] = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(this.DATABASE_URL) ?? [];
    return path;
  }

  /** Whether errors are mailed to the administrators. */
  get mailsErrors(): boolean {
    return this.MAIL_SERVER !== undefined && this.ADMINS.length > 0 && !this.MICROBLOG_DEBUG;
  }

  /** Whether the debugger asks for a PIN. */
  get needsDebugPin(): boolean {
    return this.MICROBLOG_DEBUG_PIN?.toLowerCase() !== 'off';
  }

  /** A key for one use, so that what gives away one of them gives away neither the others nor SECRET_KEY; 32 bytes in base64url. */
  keyFor(use: KeyUse): string {
    const key = this.#keys.get(use) ?? deriveKey(this.SECRET_KEY, use);
    this.#keys.set(use, key);
    return key;
  }

  /** What must never be shown, mailed or logged. */
  get secrets(): string[] {
    const password = this.sqliteFile ? '' : decodeURIComponent(new URL(this.DATABASE_URL).password);
    const pin = this.MICROBLOG_DEBUG_PIN ?? '';
    const pins = this.needsDebugPin ? [pin, pin.replace(/\D/g, '')] : [];
    const keys = this.SECRET_KEY ? KEY_USES.map((use) => this.keyFor(use)) : [];
    return [this.SECRET_KEY, ...keys, this.MAIL_PASSWORD ?? '', password, ...pins].filter(Boolean);
  }

  /** Whether MAIL_PASSWORD would leave this machine, and so must not go out unencrypted. */
  get sendsPasswordAway(): boolean {
    return this.MAIL_PASSWORD !== undefined && !isLoopback(this.MAIL_SERVER ?? '');
  }

  /** The sender of mails, or undefined where none is configured. */
  get mailSender(): string | undefined {
    return this.MAIL_DEFAULT_SENDER ?? this.ADMINS[0];
  }
}

/**
 * Turns raw variables into a checked {@link Environment}. A variable that is set to nothing counts as not set.
 *
 * @throws StartError naming the first variable that is wrong
 */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const trimmed = Object.entries(variables).map(([name, value]) => [name, value?.trim()] as const);
  const set = Object.fromEntries(trimmed.filter(([, value]) => value));
  const environment = plainToInstance(Environment, set, {
    excludeExtraneousValues: true,
    exposeDefaultValues: true,
  });
  const [wrong] = validateSync(environment);
  if (wrong) {
    const [problem] = Object.values(wrong.constraints ?? {});
    throw new StartError(`${problem}${shownValue(wrong.property, set)}`);
  }
  const contradiction = contradictionIn(environment);
  if (contradiction) throw new StartError(contradiction);
  return environment;
}

/** Finds settings that are valid on their own but not together. */
function contradictionIn(environment: Environment): string | undefined {
  const { isProduction, MICROBLOG_DEBUG, SECRET_KEY, workers } = environment;
  const { MAIL_SERVER, MAIL_USERNAME, MAIL_PASSWORD, mailSender } = environment;
  if (isProduction && MICROBLOG_DEBUG) {
    return 'MICROBLOG_DEBUG must be off when NODE_ENV=production: the debugger runs code';
  }
  if (MICROBLOG_DEBUG && workers > 1) {
    return 'WEB_CONCURRENCY must be 1 with MICROBLOG_DEBUG: the debugger shows the errors of its own process only';
  }
  if (isProduction && SECRET_KEY && SECRET_KEY.length < SHORTEST_SECRET_KEY) {
    return `SECRET_KEY must have at least ${SHORTEST_SECRET_KEY} characters when NODE_ENV=production, such as those of: openssl rand -base64 32`;
  }
  if (MAIL_SERVER && !mailSender) {
    return 'MAIL_SERVER is set, but mails have no sender: set MAIL_DEFAULT_SENDER or ADMINS';
  }
  if (MAIL_SERVER && !MAIL_USERNAME !== !MAIL_PASSWORD) {
    return 'MAIL_USERNAME and MAIL_PASSWORD must be set together, or neither of them';
  }
  return undefined;
}

/** The wrong value, for the message, unless it is or may contain a secret. */
function shownValue(name: string, set: Record<string, string | undefined>): string {
  const value = set[name] ?? '';
  const hasCredentials = value.includes('@') && !ADDRESSES.includes(name);
  const hasSecret = SECRETS.some((secret) => secret === name || (set[secret] && value.includes(set[secret])));
  return hasCredentials || hasSecret ? '' : ` (it is ${JSON.stringify(value.slice(0, 100))})`;
}

function deriveKey(secretKey: string, use: KeyUse): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `microblog ${use}`, 32)).toString('base64url');
}
