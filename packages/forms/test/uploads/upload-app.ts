import {
  ArgumentsHost,
  CanActivate,
  Catch,
  Controller,
  ExceptionFilter,
  ExecutionContext,
  HttpException,
  Injectable,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DataRequired,
  ExpiredFormError,
  FieldList,
  FileAllowed,
  FileField,
  FileSize,
  Form,
  FormField,
  FormInterceptor,
  FormPage,
  FormPageGuard,
  FormsModule,
  InvalidFormError,
  MultipartGuard,
  MultipleFileField,
  Optional,
  PostedForm,
  StringField,
  UploadOptions,
  UploadedFile,
  UploadsModule,
  bodyParsers,
  postedFormPage,
  renderFields,
  renderFormErrors,
} from '../../src';

export class PhotoDto {
  @StringField('Title') @DataRequired() title!: string;

  @FileField('Photo')
  @Optional()
  @FileAllowed(['png', 'text/plain'])
  @FileSize({ min: 1 })
  photo!: UploadedFile | null;

  @MultipleFileField('Others') others!: UploadedFile[];
}

class PictureDto {
  @StringField('Caption') caption!: string;
  @FileField('Picture') @FileSize({ max: 100 }) picture!: UploadedFile | null;
}

/** Whose files are in a list of forms. */
class AlbumDto {
  @FieldList(FormField(PictureDto, 'Picture'), 'Pictures') pictures!: PictureDto[];
}

class NoteDto {
  @StringField('Text') text!: string;
}

class Page<T extends object> implements FormPage<T, string> {
  readonly path = '/';

  constructor(readonly dto: new () => T) {}

  create = () => new this.dto();
  view = (form: Form<T>) =>
    `<form enctype="${form.enctype}">${renderFormErrors(form)}${renderFields(form)}</form>`;
}

const PHOTO_PAGE = new Page(PhotoDto);
const ALBUM_PAGE = new Page(AlbumDto);
const NOTE_PAGE = new Page(NoteDto);

/** What tests do with the files of a form, in place of what a handler would. */
export type Handle = (dto: PhotoDto) => unknown;

/** Facts of the files as the handler has found them, with their content. */
export async function facts({ title, photo, others }: PhotoDto): Promise<object> {
  return {
    title,
    photo: photo && (await described(photo)),
    others: await Promise.all(others.map(described)),
  };
}

async function described(file: UploadedFile): Promise<object> {
  return Object.assign({}, file, { content: await readFile(file.path, 'latin1') });
}

@Injectable()
class SignedInGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<Request>().get('X-User')) return true;
    throw new UnauthorizedException();
  }
}

export function hasToken(context: ExecutionContext): boolean {
  const request = context.switchToHttp().getRequest<Request>();
  if ((request.body as { csrf_token?: string } | undefined)?.csrf_token === 'token') return true;
  throw new ExpiredFormError();
}

@Injectable()
class CsrfGuard implements CanActivate {
  canActivate = hasToken;
}

@Catch(HttpException)
class FormFilter implements ExceptionFilter<HttpException> {
  async catch(error: HttpException, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const messages = error instanceof InvalidFormError ? [] : [error.message];
    response.status(error.getStatus());
    response.send((await postedFormPage<string>(request)?.show(messages)) ?? error.message);
  }
}

export interface UploadApp {
  readonly url: string;
  readonly port: number;
  /** Where temporary files are. */
  readonly directory: string;
  /** An empty one for what is kept. */
  readonly kept: string;
  /** The names of the files that are there. */
  temporaryFiles(): string[];
  /** Resolves once no temporary file is left; that takes a moment after the answer. */
  untilClean(): Promise<void>;
  close(): Promise<void>;
}

/** A Nest application with forms of files at `/photos` and `/albums`, and one without at `/notes`. */
export async function startUploadApp(
  handle: Handle = facts,
  options: UploadOptions = {},
): Promise<UploadApp> {
  @Controller()
  class PhotosController {
    @Post('photos')
    send(@PostedForm(PHOTO_PAGE) dto: PhotoDto) {
      return handle(dto);
    }

    @Post('albums')
    keep(@PostedForm(ALBUM_PAGE) { pictures }: AlbumDto) {
      return pictures.map(({ caption, picture }) => ({ caption, size: picture?.sizeBytes ?? null }));
    }

    @Post('notes')
    note(@PostedForm(NOTE_PAGE) { text }: NoteDto) {
      return text;
    }
  }
  const home = mkdtempSync(join(tmpdir(), 'upload-app-'));
  const [directory, kept] = [join(home, 'uploads'), join(home, 'kept')];
  const module = await Test.createTestingModule({
    imports: [FormsModule, UploadsModule.forRoot({ directory, ...options })],
    controllers: [PhotosController],
    providers: [
      SignedInGuard,
      CsrfGuard,
      { provide: APP_GUARD, useExisting: FormPageGuard },
      { provide: APP_GUARD, useExisting: SignedInGuard },
      { provide: APP_GUARD, useExisting: MultipartGuard },
      { provide: APP_GUARD, useExisting: CsrfGuard },
      { provide: APP_INTERCEPTOR, useExisting: FormInterceptor },
      { provide: APP_FILTER, useClass: FormFilter },
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    logger: false,
    forceCloseConnections: true,
  });
  app.use(bodyParsers({ leaveMultipart: true }));
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const temporaryFiles = () => readdirSync(directory);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    directory,
    kept,
    temporaryFiles,
    untilClean: () => until(() => temporaryFiles().length === 0),
    close: async () => {
      await app.close();
      rmSync(home, { recursive: true });
    },
  };
}

/** @throws Error where it does not come true */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It has not come true');
}
