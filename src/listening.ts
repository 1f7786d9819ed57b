import type { INestApplication } from '@nestjs/common';
import { once } from 'node:events';
import { Server } from 'node:net';
import { Environment } from './config/environment';
import { StartError } from './config/start-error';

type Address = Pick<Environment, 'PORT' | 'HOST'>;

/**
 * Finds out whether the address can be listened on, before anything else is begun: a second start by mistake neither migrates the
 * database nor takes a mail from it. Nest's own `listen()` would also log the failure with its stack first.
 *
 * @throws StartError when the address is taken, or is none of this machine's
 */
export async function tryToListen(address: Address): Promise<void> {
  const server = new Server();
  await orStartError(address, once(server.listen(address.PORT, address.HOST), 'listening'));
  server.close();
  await once(server, 'close');
}

/** @throws StartError when the address has been taken in the meantime */
export async function listen(app: INestApplication, address: Address): Promise<void> {
  await orStartError(address, app.listen(address.PORT, address.HOST));
}

async function orStartError({ PORT, HOST }: Address, listening: Promise<unknown>): Promise<void> {
  try {
    await listening;
  } catch (error) {
    throw new StartError(`PORT and HOST: cannot listen on ${HOST}:${PORT}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
