import { Form } from '@microblog/forms';
import { LoginDto } from '../auth/login.dto';
import { parseEnvironment } from '../config/environment';
import { Assets } from './assets';
import { TemplateEngine } from './template-engine';

describe('TemplateEngine', () => {
  const environment = parseEnvironment({});
  const engine = new TemplateEngine(environment, new Assets(environment));

  it.each(['nope', 'constructor', '../package', 'errors'])('says that there is no template %s', (name) => {
    expect(() => engine.render(name, {})).toThrow(`There is no template ${name}.hbs in views/`);
  });

  it('finds templates in directories, with their partials and the addresses of assets', () => {
    const html = engine.render('errors/404', { path: '/nope' });
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).toMatch(/href="\/static\/[\w.]+\.css\?v(=|&#x3D;)[0-9a-f]{8}"/);
  });

  it('has the partials and helpers of forms', () => {
    const form = new Form(new LoginDto());
    expect(engine.render('login', { form })).toMatch(/<input [^>]*autocomplete="username"/);
  });

  it('escapes what people typed, and puts no indent into it', () => {
    const now = new Date();
    const author = { id: 1, username: 'susan', lastSeen: now, createdAt: now };
    const post = { id: 1, body: 'one\n<b>two</b>', createdAt: now, author };
    const html = engine.render('profile', {
      profile: author,
      person: author,
      feed: { posts: [post], number: 1 },
    });
    expect(html).toContain('one\n&lt;b&gt;two&lt;/b&gt;');
  });
});
