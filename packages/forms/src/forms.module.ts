import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BodySizeGuard } from './body-size.guard';
import { FormValidator } from './form-validator';
import { FormInterceptor } from './form.interceptor';
import { FormPageGuard } from './page.guard';
import { FormPagesCheck } from './pages-check';

/**
 * Forms for all modules. {@link FormPageGuard} must be the first of the global guards and {@link FormInterceptor} one of the global
 * interceptors, before any that opens a transaction.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [FormValidator, FormPageGuard, FormInterceptor, BodySizeGuard, FormPagesCheck],
  exports: [FormValidator, FormPageGuard, FormInterceptor, BodySizeGuard],
})
export class FormsModule {}
