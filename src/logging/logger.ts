import { LoggerService } from '@nestjs/common';
import { WinstonModule } from 'nest-winston';
import { config, format, transports } from 'winston';
import { requestContext } from './request-context';

interface Entry {
  level: string;
  message: unknown;
  timestamp?: string;
  context?: string;
  requestId?: string;
  stack?: unknown;
}

/** Everything that could end a line or steer a terminal, save the line breaks of a stack. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;

const withRequestId = format((entry) => Object.assign(entry, { requestId: requestContext()?.id }));

/** What Nest tells of its own start, a line a module and a route, is of interest only when something is wrong with it. */
const NEST_BOOT = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];
const withoutNestBoot = format((entry) =>
  entry.level === 'info' && NEST_BOOT.includes(String(entry.context)) ? false : entry,
);

const readable = format.printf((line) => {
  const { timestamp, level, message, context, requestId, stack } = line as Entry;
  const head = [timestamp, level.toUpperCase(), context && `[${context}]`, requestId && `(${requestId})`];
  const text = escape(String(message)).replaceAll('\n', '\\n');
  // nest-winston hands a stack over as an array, [null] where there is none.
  const [trace] = Array.isArray(stack) ? (stack as unknown[]) : [];
  const lines = typeof trace === 'string' ? `\n${escape(trace)}` : '';
  return `${head.filter(Boolean).join(' ')} ${text}${lines}`;
});

/** The logger that stands behind Nest's own `Logger`: readable lines on the console, one line an entry and its stack below. */
export function createLogger(): LoggerService {
  return WinstonModule.createLogger({
    // npm's levels have no `fatal`; without it nest-winston drops what Nest logs as such.
    levels: { fatal: -1, ...config.npm.levels },
    level: 'info',
    format: format.combine(withoutNestBoot(), withRequestId(), format.timestamp(), readable),
    transports: [new transports.Console({ stderrLevels: ['fatal', 'error', 'warn'] })],
  });
}

function escape(text: string): string {
  return text.replace(
    CONTROL_CHARACTERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
