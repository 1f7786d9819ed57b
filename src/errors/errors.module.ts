import { DynamicModule, Module } from '@nestjs/common';
import { Environment } from '../config/environment';
import { AllowedMethods } from './allowed-methods';
import { ErrorPreviewController } from './error-preview.controller';
import { ErrorRenderer } from './error-renderer';
import { ExceptionFilter } from './exception.filter';

@Module({})
export class ErrorsModule {
  static forRoot({ MICROBLOG_DEBUG }: Environment): DynamicModule {
    return {
      module: ErrorsModule,
      controllers: MICROBLOG_DEBUG ? [ErrorPreviewController] : [],
      providers: [ExceptionFilter, ErrorRenderer, AllowedMethods],
      exports: [ExceptionFilter],
    };
  }
}
