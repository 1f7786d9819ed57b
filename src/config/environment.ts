import { Expose, Transform, plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  validateSync,
} from 'class-validator';
import express from 'express';
import { hkdfSync } from 'node:crypto';
import { StartError } from './start-error';

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off', ''];

/** Reads `1`, `true`, `yes`, `on` and their opposites; any other text stays as it is and fails `IsBoolean`. */
function Switch(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    const text = String(value).toLowerCase();
    return TRUE.includes(text) ? true : FALSE.includes(text) ? false : value;
  });
}

/** Reads digits; any other text stays as it is and fails `IsInt`. */
function WholeNumber(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (/^\d+$/.test(String(value)) ? Number(value) : value));
}

/** A file, or a server whose address can be read; `//` before a file is only for one from the root: `sqlite:///srv/x.sqlite`. */
function isDatabaseUrl(value: unknown): boolean {
  const url = String(value);
  if (url.startsWith('sqlite:')) return /^sqlite:(?!\/\/[^/])(?!.*:memory:)./.test(url);
  if (!/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url)) return false;
  try {
    decodeURIComponent(new URL(url).password);
    return true;
  } catch {
    return false;
  }
}

/** Express takes a number for so many proxies, a boolean for all or none, and text for a list of them. */
function trustProxy(setting: string): number | boolean | string {
  if (/^\d+$/.test(setting)) return Number(setting);
  return setting === 'true' || (setting !== 'false' && setting);
}

/** Express itself says so. */
function isTrustProxy(value: unknown): boolean {
  try {
    express().set('trust proxy', trustProxy(String(value)));
    return true;
  } catch {
    return false;
  }
}

/** Variables whose value no message may show. */
const SECRETS = ['SECRET_KEY', 'DATABASE_URL', 'MAIL_PASSWORD', 'MICROBLOG_DEBUG_PIN'];

const KEY_USES = ['cookies', 'csrf', 'debugger'] as const;
/** What a key is derived for. */
export type KeyUse = (typeof KEY_USES)[number];

/** What can sign cookies without being guessed from one of them; the same number that is written when a key is made. */
const SHORTEST_SECRET_KEY = 32;

/** The settings of the process, checked. Names and defaults are those of the table in the README. */
export class Environment {
  @Expose()
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: string = 'development';

  @Expose()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  @Expose()
  @IsNotEmpty()
  readonly HOST: string = '127.0.0.1';

  /** What Express takes as `trust proxy`: how many proxies, or the names or addresses of those to believe. */
  @Expose()
  @ValidateBy({
    name: 'isTrustProxy',
    validator: {
      validate: isTrustProxy,
      defaultMessage: () =>
        'TRUST_PROXY must be a number, or names or addresses of proxies, as Express takes them',
    },
  })
  readonly TRUST_PROXY: string = 'loopback';

  @Expose()
  @ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: isDatabaseUrl,
      defaultMessage: () => 'DATABASE_URL must be sqlite:FILE (a file, not :memory:) or a valid postgres://…',
    },
  })
  readonly DATABASE_URL: string = 'sqlite:microblog.sqlite';

  /** Signs cookies. Empty only until {@link loadEnvironment} has read or made the key file. */
  @Expose()
  @IsString()
  readonly SECRET_KEY: string = '';

  @Expose()
  @IsOptional()
  @IsString()
  readonly MAIL_SERVER?: string;

  @Expose()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly MAIL_PORT: number = 25;

  @Expose()
  @Switch()
  @IsBoolean()
  readonly MAIL_USE_TLS: boolean = false;

  @Expose()
  @IsOptional()
  readonly MAIL_USERNAME?: string;

  @Expose()
  @IsOptional()
  readonly MAIL_PASSWORD?: string;

  @Expose()
  @IsOptional()
  @IsEmail({ allow_display_name: true })
  readonly MAIL_DEFAULT_SENDER?: string;

  @Expose()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? addresses(value) : value))
  @IsArray()
  @IsEmail({}, { each: true })
  readonly ADMINS: string[] = [];

  /** Attempts a minute; 0 turns the limit off. */
  @Expose()
  @WholeNumber()
  @IsInt()
  @Min(0)
  readonly AUTH_RATE_LIMIT: number = 20;

  @Expose()
  @IsNotEmpty()
  readonly LOG_DIR: string = 'logs';

  /** The size at which the log file is rotated, in bytes; 0 never rotates it. */
  @Expose()
  @WholeNumber()
  @IsInt()
  @Min(0)
  readonly LOG_MAX_BYTES: number = 5 * 1024 * 1024;

  @Expose()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(1_000)
  readonly LOG_BACKUP_COUNT: number = 10;

  @Expose()
  @Switch()
  @IsBoolean()
  readonly LOG_TO_STDOUT: boolean = false;

  @Expose()
  @Switch()
  @IsBoolean()
  readonly MICROBLOG_DEBUG: boolean = false;

  /** `off`, or digits; undefined for one that is made for this machine, user and project. */
  @Expose()
  @IsOptional()
  @Matches(/^(?:off|(?:[ -]*\d){6,100}[ -]*)$/i, {
    message:
      'MICROBLOG_DEBUG_PIN must be off, or six digits or more, which hyphens and spaces may stand between',
  })
  readonly MICROBLOG_DEBUG_PIN?: string;

  /** Opens a file in the editor; with `{file}`, `{line}` and `{column}`. */
  @Expose()
  @Matches(/^(?!javascript:)[a-z][a-z\d+.-]*:.*\{file\}/i, {
    message: 'EDITOR_URL must be an address with {file}, such as vscode://file{file}:{line}:{column}',
  })
  readonly EDITOR_URL: string = 'vscode://file{file}:{line}:{column}';

  /** Private to the language, so that nothing which looks at this object shows them. */
  readonly #keys = new Map<KeyUse, string>();

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** What Express is told of proxies. */
  get trustProxy(): number | boolean | string {
    return trustProxy(this.TRUST_PROXY);
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

  /** Who mails come from, or undefined where nothing was set that could be used. */
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
    const value = SECRETS.includes(wrong.property) ? '' : ` (it is ${JSON.stringify(set[wrong.property])})`;
    throw new StartError(`${Object.values(wrong.constraints ?? {})[0]}${value}`);
  }
  if (environment.isProduction && environment.MICROBLOG_DEBUG) {
    throw new StartError('MICROBLOG_DEBUG must be off when NODE_ENV=production: the debugger runs code');
  }
  if (
    environment.isProduction &&
    environment.SECRET_KEY &&
    environment.SECRET_KEY.length < SHORTEST_SECRET_KEY
  ) {
    throw new StartError(
      `SECRET_KEY must have at least ${SHORTEST_SECRET_KEY} characters when NODE_ENV=production, such as those of: openssl rand -base64 32`,
    );
  }
  return environment;
}

function deriveKey(secretKey: string, use: KeyUse): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `microblog ${use}`, 32)).toString('base64url');
}

function addresses(list: string): string[] {
  return list
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
}
