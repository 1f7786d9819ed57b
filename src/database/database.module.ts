import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, DataSourceOptions } from 'typeorm';
import { Environment } from '../config/environment';
import { dataSourceOptions } from './data-source-options';
import { JoiningDataSource } from './joining-data-source';
import { openDataSource } from './open-data-source';
import { TransactionInterceptor } from './transaction.interceptor';
import { UnitOfWork } from './unit-of-work';

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
  ],
  providers: [
    {
      provide: UnitOfWork,
      inject: [DataSource],
      useFactory: (dataSource: JoiningDataSource) => dataSource.unitOfWork,
    },
    TransactionInterceptor,
  ],
  exports: [UnitOfWork, TransactionInterceptor],
})
export class DatabaseModule {}
