import { Global, Module } from '@nestjs/common';
import { MultipartGuard } from './multipart.guard';
import { TemporaryDirectory } from './temporary-directory';
import { ConfigurableUploadsModule } from './uploads.module-definition';

/** Files in forms: see {@link MultipartGuard}, which must be one of the global guards. */
@Global()
@Module({ providers: [TemporaryDirectory, MultipartGuard], exports: [MultipartGuard] })
export class UploadsModule extends ConfigurableUploadsModule {}
