import { ConfigurableModuleBuilder } from '@nestjs/common';
import { UploadOptions } from './upload-options';

/** `forRoot(options)` and `forRootAsync({ inject, useFactory })`. */
export const { ConfigurableModuleClass: ConfigurableUploadsModule, MODULE_OPTIONS_TOKEN: UPLOAD_OPTIONS } =
  new ConfigurableModuleBuilder<UploadOptions>().setClassMethodName('forRoot').build();
