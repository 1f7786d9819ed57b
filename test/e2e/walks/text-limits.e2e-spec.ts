import { HTMLElement } from 'node-html-parser';
import { addressOf, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { Answer, Visitor, fieldErrors } from '../../support/visitor';

const PARAMETERS = { id: '1', username: 'susan' };
const TYPED = 'input:not([type=hidden], [type=checkbox], [readonly]), textarea:not([readonly])';

interface TypedField {
  readonly visitor: Visitor;
  readonly page: string;
  readonly action: string;
  readonly control: HTMLElement;
}

describe('Every field that is typed into', () => {
  let app: TestApp;
  let fields: TypedField[];
  let pages: Map<string, Answer>;

  beforeAll(async () => {
    app = await TestApp.start();
    const susan = await app.signedIn('susan');
    await susan.post('/posts', { body: 'Hello' });
    fields = [];
    pages = new Map();
    for (const visitor of [app.visitor(), susan]) {
      for (const route of routesOf(app.nest).filter(({ method }) => method === 'GET')) {
        const path = addressOf(route, PARAMETERS);
        const answer = await visitor.get(path);
        if (answer.status === 200) pages.set(path, answer);
        for (const form of answer.page.querySelectorAll('form')) {
          const action = form.getAttribute('action') ?? '';
          const controls = form.querySelectorAll(TYPED);
          fields.push(...controls.map((control) => ({ visitor, page: path, action, control })));
        }
      }
    }
  });
  afterAll(() => app.stop());

  const nameOf = ({ page, control }: TypedField) => `${page} ${control.getAttribute('name')}`;
  const send = async ({ visitor, page, action, control }: TypedField, text: string) =>
    visitor.post(action, { [control.getAttribute('name') ?? '']: text }, { from: page });

  it('is known to this walk', () => {
    expect(fields.map(nameOf)).toEqual(
      expect.arrayContaining([
        '/register password',
        '/login username',
        '/index body',
        '/edit_profile about_me',
      ]),
    );
  });

  it('has nothing cut off that is pasted', () => {
    for (const field of fields)
      expect([nameOf(field), field.control.getAttribute('maxlength')]).toEqual([nameOf(field), undefined]);
  });

  it('counts while somebody types, where there is a limit', () => {
    const limited = fields.filter(({ control }) => control.hasAttribute('data-character-limit'));
    expect(limited.length).toBeGreaterThan(5);
    for (const { page } of limited) expect(pages.get(page)?.body).toContain('/character-counter.js');
  });

  it('says beside itself by how much a text is too long', async () => {
    for (const field of fields) {
      const limit = Number(field.control.getAttribute('data-character-limit'));
      if (!limit) continue;
      const answer = await send(field, 'x'.repeat(limit + 2));
      const { [field.control.getAttribute('name') ?? '']: errors } = fieldErrors(answer);
      expect([nameOf(field), answer.status, errors]).toEqual([
        nameOf(field),
        422,
        [expect.stringMatching(/^(Shorten this by 2 characters|Use 8 to 128 characters)\.$/)],
      ]);
    }
  });

  it.each([
    ['one letter with 10,000 marks', `z${'\u0301'.repeat(10_000)}`],
    ['200 families', '👨🏻‍👩🏼‍👧🏽‍👦🏿'.repeat(200)],
    ['as many letters as a request may have', 'x'.repeat(90_000)],
  ])('refuses %s with a message beside it', async (_name, text) => {
    for (const field of fields) {
      const answer = await send(field, text);
      expect([nameOf(field), answer.status]).toEqual([nameOf(field), 422]);
      expect(Object.keys(fieldErrors(answer))).toContain(field.control.getAttribute('name'));
    }
  });
});
