import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Public } from '../auth/public.decorator';

/** How long the database may take to answer. */
const DATABASE_TIMEOUT_MS = 2_000;

@Public()
@Controller('healthz')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  async show(): Promise<{ status: string }> {
    try {
      await Promise.race([this.dataSource.query('SELECT name FROM migrations LIMIT 1'), tooLate()]);
      return { status: 'ok' };
    } catch (cause) {
      throw new ServiceUnavailableException('The database does not answer', { cause });
    }
  }
}

async function tooLate(): Promise<never> {
  await sleep(DATABASE_TIMEOUT_MS, undefined, { ref: false });
  throw new Error(`No answer from the database within ${DATABASE_TIMEOUT_MS / 1000} s`);
}
