import {
  Controller,
  Get,
  HttpException,
  Injectable,
  Logger,
  Module,
  NestMiddleware,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { CanActivate, MiddlewareConsumer, NestModule, PipeTransform } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { inspect } from 'node:util';
import { DataSource, Repository } from 'typeorm';
import { Public } from '../../src/auth/public.decorator';
import { signedInUser } from '../../src/auth/signed-in-user';
import { PostedForm } from '@microblog/forms';
import { HomePage } from '../../src/posts/home.controller';
import { Post as PostEntity } from '../../src/posts/post.entity';
import { PostDto } from '../../src/posts/post.dto';
import { PostsModule } from '../../src/posts/posts.module';
import { PostsService } from '../../src/posts/posts.service';
import { Redirect, View } from '../../src/rendering/reply';

/** What the errors of these routes say; none of it may ever be seen by a visitor. */
export const TELLTALE = 'telltale-detail';

@Injectable()
class FailingService {
  fail(): never {
    throw new Error(TELLTALE, { cause: new TypeError(`root-cause ${TELLTALE}`) });
  }
}

class FailingGuard implements CanActivate {
  canActivate(): never {
    throw new Error(TELLTALE);
  }
}

class FailingPipe implements PipeTransform {
  transform(): never {
    throw new Error(TELLTALE);
  }
}

class FailingMiddleware implements NestMiddleware {
  use(request: Request, _response: Response, next: NextFunction): void {
    next(request.originalUrl === '/failing/middleware' ? new Error(TELLTALE) : undefined);
  }
}

/** Things that are hard to look at. */
const STRANGE: Record<string, () => unknown> = {
  null: () => null,
  undefined: () => undefined,
  string: () => TELLTALE,
  cyclic: () => {
    const cyclic: Record<string, unknown> = { TELLTALE };
    return Object.assign(cyclic, { cyclic });
  },
  getters: () =>
    Object.defineProperties(new Error(TELLTALE), {
      message: { get: () => fail(TELLTALE) },
      stack: { get: () => fail(TELLTALE) },
      cause: { get: () => fail(TELLTALE) },
      name: { get: () => fail(TELLTALE) },
    }),
  proxy: () => new Proxy({}, { get: () => fail(TELLTALE), getPrototypeOf: () => fail(TELLTALE) }),
  statusCode: () => Object.assign(new Error(TELLTALE), { statusCode: 404, status: 404, expose: true }),
};

/** Headers that no response can have. */
export const BAD_HEADERS: Record<string, () => unknown> = {
  'a line break': () => ({ 'Retry-After': '1\r\nX-Forged: 1' }),
  'a letter beyond Latin-1': () => ({ Allow: 'GET, ﷺ' }),
  'a name with a blank': () => ({ 'Retry After': '1' }),
  'an empty name': () => ({ '': '1' }),
  'no value': () => ({ Allow: undefined }),
  null: () => null,
  'a getter that throws': () => ({
    get Allow() {
      return fail(TELLTALE);
    },
  }),
  'a proxy that throws': () => new Proxy({}, { ownKeys: () => fail(TELLTALE) }),
};

function fail(message: string): never {
  throw new Error(message);
}

/** Ways in which an error comes to quote what was sent. */
const QUOTING: Record<string, (quoted: string, dataSource: DataSource) => unknown> = {
  error: (quoted) => {
    throw new Error(quoted, { cause: new TypeError(JSON.stringify({ quoted })) });
  },
  sql: (quoted, dataSource) => dataSource.query('SELECT $1 FROM no_such_table', [quoted]),
  cyclic: (quoted) => {
    const cyclic: Record<string, unknown> = { quoted };
    const thrown: unknown = Object.assign(cyclic, { cyclic });
    throw thrown;
  },
  'logged-text': (quoted) => new Logger('Quoting').error(quoted),
  'logged-stack': (quoted) => new Logger().error('It went wrong', new Error(quoted).stack),
  'logged-values': (quoted) => {
    new Logger().warn('It looks wrong', quoted);
    new Logger().error('It went wrong', quoted);
  },
};

/** Routes that fail, each in another place. */
@Public()
@Controller('failing')
class FailingController {
  constructor(
    private readonly service: FailingService,
    private readonly dataSource: DataSource,
  ) {}

  @Get('handler')
  handler(): never {
    throw new Error(TELLTALE);
  }

  @Get('service')
  fromService(): never {
    this.service.fail();
  }

  @Get('guard')
  @UseGuards(FailingGuard)
  guard(): void {
    // The guard fails first.
  }

  @Get('pipe')
  pipe(@Query(FailingPipe) query: unknown): unknown {
    return query;
  }

  @Get('middleware')
  middleware(): void {
    // The middleware fails first.
  }

  @Get('database')
  async database(): Promise<void> {
    await this.dataSource.query(`SELECT '${TELLTALE}' FROM no_such_table`);
  }

  @Get('template')
  template(): View {
    return new View(`no-such-template-${TELLTALE}`);
  }

  @Get('thrown/:what')
  thrown(@Param('what') what: string): never {
    throw STRANGE[what]?.();
  }

  @Get('status/:status')
  status(@Param('status') status: string): never {
    throw new HttpException(TELLTALE, Number(status));
  }

  @Get('headers/:what/:status')
  headers(@Param('what') what: string, @Param('status') status: string): never {
    throw Object.assign(new HttpException(TELLTALE, Number(status)), { headers: BAD_HEADERS[what]?.() });
  }

  @Get('halfway')
  halfway(@Res() response: Response): never {
    response.write('<p>The first half');
    throw new Error(TELLTALE);
  }

  /** One of a group of like errors, with a number that does not count. */
  @Get('like/:number')
  like(@Param('number') number: string): never {
    throw new Error(`Order ${number} of 'somebody' was lost`);
  }

  @Get('unlike')
  unlike(@Query('word') word: string): never {
    throw new Error(`Another thing is wrong: ${word}`);
  }

  @Post('secrets/:manner/:token')
  async secrets(@Param('manner') manner: string, @Req() request: Request): Promise<string> {
    const { headers, cookies, query, params, originalUrl } = request;
    const body = request.body as { remark?: string };
    const all = inspect([originalUrl, headers, cookies, query, params, body], { depth: 9 });
    await QUOTING[manner]?.(`${body.remark} ${all}`, this.dataSource);
    return 'ok';
  }

  @Get('unhandled')
  unhandled(): string {
    void Promise.reject(new Error('nobody waits for this'));
    return 'ok';
  }

  @Get('uncaught')
  uncaught(): string {
    setImmediate(() => fail('nobody catches this'));
    return 'ok';
  }
}

/** Forms whose handlers fail after they have written. */
@Controller('failing-form')
class FailingFormController {
  constructor(
    private readonly posts: PostsService,
    @InjectRepository(PostEntity) private readonly orphans: Repository<PostEntity>,
  ) {}

  @Post('handler')
  async handler(@PostedForm(HomePage) { body }: PostDto, @Req() request: Request): Promise<never> {
    await this.posts.write(signedInUser(request), body);
    throw new Error(TELLTALE);
  }

  /** The foreign key of this table, which a test makes, is checked at the COMMIT. */
  @Post('commit')
  async commit(@PostedForm(HomePage) { body }: PostDto, @Req() request: Request): Promise<Redirect> {
    await this.posts.write(signedInUser(request), body);
    await this.orphans.query('INSERT INTO orphans VALUES (0)');
    return new Redirect('/index');
  }
}

@Module({
  imports: [PostsModule, TypeOrmModule.forFeature([PostEntity])],
  controllers: [FailingController, FailingFormController],
  providers: [FailingService],
})
export class FailingModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FailingMiddleware).forRoutes('failing/middleware');
  }
}
