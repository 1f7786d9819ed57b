import { Global, Module } from '@nestjs/common';
import { Assets } from './assets';
import { RenderInterceptor } from './render.interceptor';
import { Renderer } from './renderer';
import { ReplyInterceptor } from './reply.interceptor';
import { TemplateEngine } from './template-engine';

/** Pages: what a handler returns, and how that becomes a response. */
@Global()
@Module({
  providers: [Assets, TemplateEngine, Renderer, RenderInterceptor, ReplyInterceptor],
  exports: [Assets, TemplateEngine, Renderer, RenderInterceptor, ReplyInterceptor],
})
export class RenderingModule {}
