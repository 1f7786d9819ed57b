import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { DebuggerOptions } from '../options';

/** What a PIN is derived from, so that it stays the same across restarts and differs elsewhere. */
export interface PinOrigin {
  readonly machine: string;
  readonly user: string;
  readonly project: string;
  readonly key: string;
}

/** The PIN of this process as it is printed, or undefined where it is turned off. */
export function pinOf({ pin, secretKey }: Pick<DebuggerOptions, 'pin' | 'secretKey'>): string | undefined {
  if (pin === false) return undefined;
  if (pin) return pin;
  return derivePin({ machine: machineId(), user: userName(), project: process.cwd(), key: secretKey });
}

/**
 * Nine digits in threes. Machine, user and project alone can be guessed by whoever shares the machine, and are all alike in containers
 * of one image; the application's secret key, which only its owner can read, makes the PIN one that cannot be computed by others.
 */
export function derivePin({ machine, user, project, key }: PinOrigin): string {
  const origin = JSON.stringify(['debugger PIN', machine, user, project]);
  const digest = createHmac('sha256', key).update(origin).digest();
  const digits = String(digest.readBigUInt64BE() % 1_000_000_000n).padStart(9, '0');
  return digits.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '-');
}

/** The digits of a PIN, however it was typed. */
export function digitsOf(pin: string): string {
  return pin.replace(/[\s-]/g, '');
}

/** Independent of the host name. A container may have none. */
function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim() || hostname();
  } catch {
    return hostname();
  }
}

/** A container may run as a user that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
