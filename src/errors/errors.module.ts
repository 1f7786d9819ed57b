import { Module } from '@nestjs/common';
import { ExceptionFilter } from './exception.filter';

@Module({ providers: [ExceptionFilter], exports: [ExceptionFilter] })
export class ErrorsModule {}
