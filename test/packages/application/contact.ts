import {
  DataRequired,
  Email,
  EmailField,
  Form,
  FormPage,
  InvalidFormError,
  Length,
  PasswordField,
  PostedForm,
  TextAreaField,
  renderField,
  renderFormErrors,
  showForm,
} from '@microblog/forms';
import {
  ArgumentsHost,
  Catch,
  Controller,
  ExceptionFilter,
  Get,
  Injectable,
  Post,
  Req,
} from '@nestjs/common';
import ejs from 'ejs';
import type { Request, Response } from 'express';

export class ContactDto {
  @EmailField('Email')
  @DataRequired()
  @Email()
  email!: string;

  @TextAreaField('Message')
  @DataRequired()
  @Length({ max: 20 })
  message!: string;

  @PasswordField('Password')
  password!: string;
}

const TEMPLATE = `<form method="post"><%- renderFormErrors(form) %>
<% for (const field of form.fields) { %><%- renderField(field) %><% } %></form>`;

/** Shown with EJS. */
@Injectable()
export class ContactPage implements FormPage<ContactDto, string> {
  readonly path = '/contact';
  readonly dto = ContactDto;
  create = () => new ContactDto();
  view = (form: Form<ContactDto>) => ejs.render(TEMPLATE, { form, renderField, renderFormErrors });
}

@Controller('contact')
export class ContactController {
  constructor(private readonly page: ContactPage) {}

  @Get()
  show(@Req() request: Request): Promise<string> {
    return showForm(this.page, request);
  }

  @Post()
  send(@PostedForm(ContactPage) { email, message }: ContactDto): string {
    return `${email} wrote: ${message}`;
  }
}

@Catch(InvalidFormError)
export class RefusedFormFilter implements ExceptionFilter<InvalidFormError<string>> {
  async catch(error: InvalidFormError<string>, host: ArgumentsHost): Promise<void> {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(error.getStatus()).send(await error.posted.show());
  }
}
