import {
  ArgumentsHost,
  Catch,
  Controller,
  ExceptionFilter,
  ForbiddenException,
  Get,
  HttpException,
  Post,
  Req,
  Type,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { DynamicModule } from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  DataRequired,
  FieldError,
  Form,
  FormInterceptor,
  FormPage,
  FormPageGuard,
  InvalidFormError,
  Length,
  PostedForm,
  StringField,
  UploadTooLargeError,
  postedFormPage,
  renderFields,
  renderFormErrors,
  showForm,
} from '../src';

class NameDto {
  @StringField('Name') @DataRequired() @Length({ max: 9 }) name!: string;
}

const PAGE: FormPage<NameDto, string> = {
  path: '/',
  dto: NameDto,
  create: () => new NameDto(),
  view: (form: Form<NameDto>) => renderFormErrors(form) + renderFields(form),
};

@Controller()
class NameController {
  @Get()
  show(@Req() request: Request) {
    return showForm(PAGE, request, { message: 'Invalid input.' });
  }

  @Post()
  send(@PostedForm(PAGE) { name }: NameDto) {
    if (name === 'taken') throw new FieldError('name', 'Number must be at least {min}.', { min: 1.5 });
    if (name === 'large') throw new UploadTooLargeError(1_572_864);
    if (name === 'late') throw new ForbiddenException('This form has expired. Please send it again.');
    return name;
  }
}

@Catch(HttpException)
class FormFilter implements ExceptionFilter<HttpException> {
  async catch(error: HttpException, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const messages = error instanceof InvalidFormError ? [] : [error];
    const page = await postedFormPage<string>(request)?.show(messages);
    response.status(error.getStatus()).send(page ?? error.message);
  }
}

/** An application with one form, at `/`, that speaks as the module of forms is told to. */
export async function startLanguageApp(forms: Type | DynamicModule): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({
    imports: [forms],
    controllers: [NameController],
    providers: [
      { provide: APP_GUARD, useExisting: FormPageGuard },
      { provide: APP_INTERCEPTOR, useExisting: FormInterceptor },
      { provide: APP_FILTER, useClass: FormFilter },
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({
    logger: false,
    forceCloseConnections: true,
  });
  await app.listen(0, '127.0.0.1');
  return app;
}
