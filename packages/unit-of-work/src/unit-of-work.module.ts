import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TransactionInterceptor } from './transaction.interceptor';
import { UnitOfWorkDataSource } from './unit-of-work-data-source';
import { UnitOfWork } from './unit-of-work';

/** Provides the unit of work of the data source, and the interceptor, to all modules. The data source must be a {@link UnitOfWorkDataSource}. */
@Global()
@Module({
  providers: [
    { provide: UnitOfWork, inject: [DataSource], useFactory: unitOfWorkOf },
    TransactionInterceptor,
  ],
  exports: [UnitOfWork, TransactionInterceptor],
})
export class UnitOfWorkModule {}

function unitOfWorkOf(dataSource: DataSource): UnitOfWork {
  if (dataSource instanceof UnitOfWorkDataSource) return dataSource.unitOfWork;
  throw new Error(
    'The data source has no unit of work: give TypeOrmModule.forRootAsync() dataSourceFactory: createUnitOfWorkDataSource',
  );
}
