import { Expose, Transform, Type, plainToInstance } from 'class-transformer';
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
  validateSync,
} from 'class-validator';
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

/** The settings of the process, checked. Names and defaults are those of the table in the README. */
export class Environment {
  @Expose()
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: string = 'development';

  @Expose()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  @Expose()
  @IsNotEmpty()
  readonly HOST: string = '127.0.0.1';

  /** What Express takes as `trust proxy`: how many proxies, or the names or addresses of those to believe. */
  @Expose()
  @IsNotEmpty()
  readonly TRUST_PROXY: string = 'loopback';

  @Expose()
  @Matches(/^(sqlite:(?!.*:memory:).+|postgres(ql)?:\/\/.+)$/, {
    message: 'DATABASE_URL must be sqlite:FILE (a file, not :memory:) or postgres://…',
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
  @Type(() => Number)
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
  @Type(() => Number)
  @IsInt()
  @Min(0)
  readonly AUTH_RATE_LIMIT: number = 20;

  @Expose()
  @Switch()
  @IsBoolean()
  readonly MICROBLOG_DEBUG: boolean = false;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** The path of the SQLite file, or undefined where the database is PostgreSQL. */
  get sqliteFile(): string | undefined {
    const [, path] = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(this.DATABASE_URL) ?? [];
    return path;
  }

  /** Who user mails come from, or undefined where nothing was set that could be used. */
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
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const environment = plainToInstance(Environment, set, {
    excludeExtraneousValues: true,
    exposeDefaultValues: true,
  });
  const [wrong] = validateSync(environment);
  if (wrong) {
    const value = wrong.property === 'SECRET_KEY' ? '' : ` (it is ${JSON.stringify(set[wrong.property])})`;
    throw new StartError(`${Object.values(wrong.constraints ?? {})[0]}${value}`);
  }
  if (environment.isProduction && environment.MICROBLOG_DEBUG) {
    throw new StartError('MICROBLOG_DEBUG must be off when NODE_ENV=production: the debugger runs code');
  }
  return environment;
}

function addresses(list: string): string[] {
  return list
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
}
