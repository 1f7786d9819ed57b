import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';

/** For whatever watches the process: a load balancer, a supervisor. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
