import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Public } from '../auth/public.decorator';
import { within } from '../timing/within';

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
      const answer = await within(DATABASE_TIMEOUT_MS, this.ask());
      if (!answer) throw new Error(`No answer from the database within ${DATABASE_TIMEOUT_MS / 1000} s`);
      return { status: 'ok' };
    } catch (cause) {
      throw new ServiceUnavailableException('The database does not answer', { cause });
    }
  }

  private ask(): Promise<unknown> {
    return this.dataSource.query('SELECT name FROM migrations LIMIT 1');
  }
}
