import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { resolveFormPage, setPostedFormPage } from './posted-form-page';
import { formPageOf } from './posted-form.decorator';
import { Languages, setLanguages } from './translations/languages';

/** Refuses nothing, and comes before the guards that do: whatever goes wrong from here on, the form can be shown again. */
@Injectable()
export class FormPageGuard implements CanActivate {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly languages: Languages,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    setLanguages(request, this.languages);
    const page = formPageOf(context.getHandler());
    if (page) await setPostedFormPage(request, resolveFormPage(page, this.moduleRef));
    return true;
  }
}
