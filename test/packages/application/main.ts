import 'reflect-metadata';
import { DebuggerModule, useDebugger } from '@microblog/debugger';
import { FormInterceptor, FormPageGuard, FormsModule } from '@microblog/forms';
import {
  TransactionInterceptor,
  UnitOfWorkModule,
  createUnitOfWorkDataSource,
} from '@microblog/unit-of-work';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { ContactController, ContactPage, RefusedFormFilter } from './contact.js';
import { FailingController } from './failing.js';
import { Order, OrdersController } from './orders.js';
import { ReportController } from './report.js';

const { DATABASE_URL = '' } = process.env;
const database: DataSourceOptions = DATABASE_URL.startsWith('postgres')
  ? { type: 'postgres', url: DATABASE_URL }
  : { type: 'better-sqlite3', database: DATABASE_URL };

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...database, entities: [Order], synchronize: true }),
      dataSourceFactory: createUnitOfWorkDataSource,
    }),
    TypeOrmModule.forFeature([Order]),
    UnitOfWorkModule,
    FormsModule,
    DebuggerModule.forRoot({ application: { name: 'Shop' }, secretKey: 'a key for tests', pin: '123-456' }),
  ],
  controllers: [ContactController, FailingController, OrdersController, ReportController],
  providers: [
    ContactPage,
    { provide: APP_GUARD, useExisting: FormPageGuard },
    // The first is the outermost.
    { provide: APP_INTERCEPTOR, useExisting: FormInterceptor },
    { provide: APP_INTERCEPTOR, useExisting: TransactionInterceptor },
    { provide: APP_FILTER, useClass: RefusedFormFilter },
  ],
})
class AppModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  useDebugger(app);
  await app.listen(0, '127.0.0.1');
  console.log(`Ready at ${await app.getUrl()}`);
}

void start();
