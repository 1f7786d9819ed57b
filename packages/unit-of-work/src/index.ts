export { isDatabaseBusy } from './database-busy';
export { ConnectionLostError, TransactionAbortedError, TransactionClosedError } from './lazy-transaction';
export { PreparedQuery } from './prepared-query';
export { WriteLockTimeoutError } from './sqlite/write-lock-timeout.error';
export { TransactionInterceptor, isRolledBack } from './transaction.interceptor';
export { violatedUniqueIndex } from './unique-violation';
export { UnitOfWork, UnitOptions } from './unit-of-work';
export { UnitOfWorkDataSource, createUnitOfWorkDataSource } from './unit-of-work-data-source';
export { UnitOfWorkModule } from './unit-of-work.module';
