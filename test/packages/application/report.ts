import {
  Redactor,
  fingerprint,
  isReference,
  newReference,
  redactError,
  serializeError,
} from '@microblog/error-report';
import { Controller, Get, Query } from '@nestjs/common';

@Controller('report')
export class ReportController {
  @Get()
  show(@Query() query: Record<string, string>): object {
    const redactor = new Redactor([]);
    redactor.collect(query);
    const cause = new Error(`Refused ${JSON.stringify(query)}`);
    const error = redactError(serializeError(new TypeError('No sign-in', { cause })), redactor);
    return { error, title: fingerprint(error).title, hasReference: isReference(newReference()) };
  }
}
