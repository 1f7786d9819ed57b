import { Controller, Get, Module, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Public } from '../../src/auth/public.decorator';
import { TemplateEngine } from '../../src/rendering/template-engine';
import { TestApp } from '../support/test-app';

@Public()
@Controller('failing')
class FailingController {
  @Get('error')
  error(): never {
    throw Object.assign(new Error('the secret plan in /etc/plan'), { statusCode: 404, status: 404 });
  }

  @Get('null')
  null(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw null;
  }

  @Get('halfway')
  halfway(@Res() response: Response): never {
    response.write('<p>The first half');
    throw new Error('in the middle');
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('Errors', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start({}, [FailingModule]);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.stop();
  });

  it('GET of an unknown page says so, in the layout, with the navigation of who is signed in', async () => {
    const susan = await app.signedIn('susan');
    const answer = await susan.get('/nope');
    expect(answer.status).toBe(404);
    expect(answer.page.querySelector('h1')?.text).toBe('File Not Found');
    expect(answer.page.querySelector('nav a[href="/user/susan"]')).not.toBeNull();
    expect((await app.visitor().get('/nope')).page.querySelector('nav a[href="/login"]')).not.toBeNull();
  });

  it.each(['/failing/error', '/failing/null'])(
    'GET %s shows nothing of the cause, and logs it',
    async (path) => {
      const answer = await app.visitor().get(path);
      expect(answer.status).toBe(500);
      expect(answer.page.querySelector('h1')?.text).toBe('An unexpected error has occurred');
      expect(answer.body).not.toMatch(/secret|plan|\.ts|at /);
      expect(app.log.errors).toHaveLength(1);
    },
  );

  it('a static page is shown when no page can be rendered, and both errors are logged', async () => {
    jest.spyOn(app.nest.get(TemplateEngine, { strict: false }), 'render').mockImplementation(() => {
      throw new Error('the layout is broken');
    });
    const answer = await app.visitor().get('/failing/error');
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('An unexpected error has occurred');
    expect(app.log.errors.map(String)).toEqual([
      expect.stringContaining('the secret plan'),
      expect.stringContaining('the layout is broken'),
    ]);
  });

  it('a page that was half sent is cut off, not ended as if it were whole', async () => {
    await expect(app.visitor().get('/failing/halfway')).rejects.toThrow();
    expect(app.log.errors).toHaveLength(1);
  });

  describe('GET /healthz', () => {
    it('is 200 while the database answers, else 503', async () => {
      expect((await app.visitor().get('/healthz')).status).toBe(200);
      jest.spyOn(app.nest.get(DataSource), 'query').mockRejectedValue(new Error('gone'));
      expect((await app.visitor().get('/healthz')).status).toBe(503);
    });
  });

  it('a session that cannot be read because the database is gone ends in the error page', async () => {
    const susan = await app.signedIn('susan');
    await app.nest.get(DataSource).destroy();
    const answer = await susan.get('/index');
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('An unexpected error has occurred');
  });
});
