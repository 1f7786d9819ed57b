/**
 * What the application is measured against: bare Express, prepared statements of better-sqlite3 with the same pragmas, one precompiled
 * template a page. It reads and writes the same rows and sends the same HTML, and does nothing else: no checks, no log, no headers.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const express = require('express');
const Handlebars = require('handlebars');
const { toSvg } = require('jdenticon');
const { sqliteLibrary } = require('../dist/src/database/sqlite-library.js');

const { FLOOR_DATABASE, FLOOR_TEMPLATES, PORT } = process.env;
const PUBLIC = join(__dirname, '../public');

const database = new (sqliteLibrary())(FLOOR_DATABASE);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.pragma('foreign_keys = ON');

const ofPosts = (condition) =>
  database.prepare(
    `SELECT posts.*, users.username FROM posts JOIN users ON users.id = posts.author_id
      WHERE deleted_at IS NULL AND ${condition} ORDER BY posts.id DESC LIMIT 26`,
  );
const statements = {
  session: database.prepare(
    'SELECT users.* FROM sessions JOIN users ON users.id = user_id WHERE token_hash = ? AND expires_at > ?',
  ),
  person: database.prepare('SELECT * FROM users WHERE username_key = ?'),
  posts: ofPosts('true'),
  postsBy: ofPosts('author_id = ?'),
  edit: database.prepare('UPDATE users SET about_me = ? WHERE id = ?'),
  write: database.prepare('INSERT INTO posts (body, author_id, created_at) VALUES (?, ?, ?)'),
};
const templates = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(FLOOR_TEMPLATES, 'utf8'))).map(([name, text]) => [
    name,
    Handlebars.compile(text, { preventIndent: true }),
  ]),
);

const app = express();
app.use('/static', express.static(PUBLIC, { maxAge: '1d' }));

const page = (response, name, data, status = 200) =>
  response.status(status).type('html').send(templates[name](data));
const shown = (posts) =>
  posts.slice(0, 25).map((post) => {
    const at = new Date(`${post.created_at.replace(' ', 'T')}Z`);
    return { ...post, iso: at.toISOString(), utc: at.toUTCString() };
  });

app.get('/login', (_request, response) => page(response, 'login'));
app.get('/register', (_request, response) => page(response, 'register'));
app.get('/avatar/:id.svg', ({ params }, response) => {
  response.type('svg').send(toSvg(`microblog user ${params.id}`, 128));
});
app.get('/error', (_request, response) => page(response, '500', {}, 500));

app.use((request, response, next) => {
  const [, token] = /session=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
  response.locals.user = token && statements.session.get(token, '2000-01-01');
  next();
});
app.get('/index', (_request, response) => {
  page(response, 'home', { user: response.locals.user, posts: shown(statements.posts.all()) });
});
app.get('/user/:username', ({ params }, response) => {
  const person = statements.person.get(params.username);
  page(response, 'profile', {
    user: response.locals.user,
    person,
    posts: shown(statements.postsBy.all(person.id)),
  });
});
app.get('/edit_profile', (_request, response) => page(response, 'edit', { user: response.locals.user }));
const form = express.urlencoded({ extended: false });
app.post('/edit_profile', form, ({ body }, response) => {
  const { user } = response.locals;
  if (!body.csrf_token) return void page(response, '403', { user }, 403);
  statements.edit.run(body.about_me, user.id);
  response.redirect(303, '/edit_profile');
});
app.post('/posts', form, ({ body }, response) => {
  const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
  statements.write.run(body.body, response.locals.user.id, now);
  response.redirect(303, '/index');
});
app.use((_request, response) => {
  const { user } = response.locals;
  page(response, user ? '404 signed in' : '404', { user }, 404);
});

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`Ready at http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
