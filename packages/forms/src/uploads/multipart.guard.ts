import {
  CanActivate,
  ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request } from 'express';
import { declarationFor, takesFiles } from '../fields/declaration-for';
import { postedFormPage } from '../posted-form-page';
import { isMultipart } from './is-multipart';
import { MultipartReader } from './multipart-reader';
import { RequestFiles, hasReadFiles } from './request-files';
import { TemporaryDirectory } from './temporary-directory';
import { DEFAULT_LIMITS, UploadOptions } from './upload-options';
import { UPLOAD_OPTIONS } from './uploads.module-definition';

/**
 * Reads a form with files. A guard, since middleware does not know whether the handler takes files, and would write those of somebody who is
 * not signed in; so it comes after the guards that need no body, and before those that do, such as one for CSRF tokens.
 */
@Injectable()
export class MultipartGuard implements CanActivate {
  constructor(
    @Inject(UPLOAD_OPTIONS) private readonly options: UploadOptions,
    private readonly directory: TemporaryDirectory,
  ) {}

  /**
   * Leaves texts and {@link UploadedFile}s in `request.body`, also when it throws.
   *
   * @throws UnsupportedMediaTypeException where the handler takes no file
   * @throws UploadTooLargeError, BrokenUploadError
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (!isMultipart(request) || hasReadFiles(request)) return true;
    const page = postedFormPage(request)?.page;
    if (!page || !takesFiles(page.dto)) throw new UnsupportedMediaTypeException();
    const reader = new MultipartReader(request, {
      limits: { ...DEFAULT_LIMITS, ...this.options.limits },
      isFileField: (name) => declarationFor(page, name)?.kind.type === 'file',
      isField: (name) => declarationFor(page, name) !== undefined,
      files: new RequestFiles(request, this.options.isRolledBack),
      newPath: () => this.directory.newPath(),
      beforeFiles: () => {
        request.body = reader.body;
        return this.askBeforeFiles(context);
      },
    });
    try {
      await reader.read();
    } finally {
      request.body = reader.body;
    }
    return true;
  }

  private async askBeforeFiles(context: ExecutionContext): Promise<void> {
    if ((await this.options.beforeFiles?.(context)) === false) throw new ForbiddenException();
  }
}
