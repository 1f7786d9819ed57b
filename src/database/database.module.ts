import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSourceOptions } from 'typeorm';
import { Environment } from '../config/environment';
import { dataSourceOptions } from './data-source-options';
import { UnitOfWorkModule } from '@microblog/unit-of-work';
import { openDataSource } from './open-data-source';

/** The database and the unit of work. A feature lists its entities with `TypeOrmModule.forFeature()`, as everywhere in Nest. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => ({
        ...dataSourceOptions(environment),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: (options) => openDataSource(options as DataSourceOptions),
    }),
    UnitOfWorkModule,
  ],
  exports: [UnitOfWorkModule],
})
export class DatabaseModule {}
