import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { resolveFormPage, setPostedFormPage } from './posted-form-page';
import { formPageOf } from './posted-form.decorator';

/** Refuses nothing, and comes before the guards that do: whatever goes wrong from here on, the form can be shown again. */
@Injectable()
export class FormPageGuard implements CanActivate {
  constructor(private readonly moduleRef: ModuleRef) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const page = formPageOf(context.getHandler());
    if (page) {
      const request = context.switchToHttp().getRequest<Request>();
      await setPostedFormPage(request, resolveFormPage(page, this.moduleRef));
    }
    return true;
  }
}
