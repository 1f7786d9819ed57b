import { DiscoveryService, MetadataScanner, ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { FieldDeclaration, FormPage, fieldsOf, formPageOf, resolveFormPage } from '@microblog/forms';
import { BREAK_PAGE_HEADER, FAIL_HEADER, RefusingModule } from '../../support/refusing.module';
import { TestApp } from '../../support/test-app';
import { Answer, Visitor } from '../../support/visitor';

const SECRET = 'Typed into a password field';
/** More than a cookie can carry, and less than a body may be. */
const LONG = 'A long story. '.repeat(500);

/** The fields of a form as somebody has filled them in. */
type Typed = Readonly<Record<string, string>>;

interface FormCase {
  readonly page: FormPage<object>;
  readonly fields: ReadonlyMap<string, FieldDeclaration>;
  readonly isPublic: boolean;
}

describe('What is typed into a form', () => {
  let app: TestApp;
  let forms: FormCase[];
  let people = 0;

  beforeAll(async () => {
    app = await TestApp.start({}, [RefusingModule]);
    const pages = formPagesOf(app);
    forms = await Promise.all(
      pages.map(async (page) => ({
        page,
        fields: fieldsOf(page.dto.prototype as object),
        isPublic: (await app.visitor().get(page.path)).status === 200,
      })),
    );
  });
  afterAll(() => app.stop());

  /** Somebody who may send the form. */
  async function visitorOf({ isPublic }: FormCase): Promise<{ visitor: Visitor; name: string }> {
    const name = `susan${++people}`;
    return { visitor: isPublic ? app.visitor() : await app.signedIn(name), name };
  }

  const behindSignIn = () => forms.filter(({ isPublic }) => !isPublic);
  /** Those with something that may be shown again; passwords are typed anew. */
  const withText = (cases: FormCase[]) => cases.filter((form) => visible(typedInto(form)).length > 0);

  it('is there to walk over', () => {
    expect(forms.map(({ page }) => page.path).sort()).toEqual([
      '/change_password',
      '/edit_profile',
      '/index',
      '/login',
      '/register',
    ]);
    expect(forms.filter(({ isPublic }) => isPublic).map(({ page }) => page.path)).toEqual(
      expect.arrayContaining(['/login', '/register']),
    );
  });

  describe('stays in the form', () => {
    it.each([422, 429, 500, 503])('when it is refused with %d', async (status) => {
      for (const form of forms) {
        const { visitor } = await visitorOf(form);
        const answer = await send(visitor, form, typedInto(form), { [FAIL_HEADER]: String(status) });
        expectForm(answer, form, status);
      }
    });

    it('when it comes with too much else', async () => {
      for (const form of forms) {
        const { visitor } = await visitorOf(form);
        const answer = await send(visitor, form, { ...typedInto(form), more: 'x'.repeat(110_000) });
        expectForm(answer, form, 413);
        expect(answer.text).toContain('This is too much to send at once');
      }
    });

    it('when the text itself is too long', async () => {
      for (const form of withText(forms)) {
        const { visitor } = await visitorOf(form);
        const typed = Object.fromEntries(
          Object.entries(typedInto(form)).map(([name, value]) => [
            name,
            isText(form, name) ? `${value} ${'x'.repeat(60_000)}` : value,
          ]),
        );
        const answer = await send(visitor, form, typed);
        expect([form.page.path, [413, 422].includes(answer.status)]).toEqual([form.page.path, true]);
        expect(valuesOn(answer)).toEqual(expect.arrayContaining(visible(typed)));
      }
    });

    it('when the form has expired, and can then be sent', async () => {
      for (const form of forms) {
        const { visitor } = await visitorOf(form);
        const answer = await send(visitor, form, { ...typedInto(form), csrf_token: 'expired' });
        expectForm(answer, form, 403);
        expect(answer.text).toContain('This form has expired. Please send it again.');
        const again = await sendFrom(answer, visitor, form, typedInto(form), { [FAIL_HEADER]: '422' });
        expect(again.text).toContain('Refused with 422');
      }
    });

    it('when the browser keeps no cookies, which it is told', async () => {
      for (const form of forms.filter(({ isPublic }) => isPublic)) {
        const { visitor } = await visitorOf(form);
        const from = await visitor.get(form.page.path);
        visitor.cookies.clear();
        const answer = await sendFrom(from, visitor, form, typedInto(form));
        expectForm(answer, form, 403);
        expect(answer.text).toContain('Please allow cookies for this site');
      }
    });
  });

  it.each([422, 429, 500, 503])(
    'stands on the error page when the page of the form fails too, with %d',
    async (status) => {
      for (const form of forms) {
        const { visitor } = await visitorOf(form);
        const headers = { [FAIL_HEADER]: String(status), [BREAK_PAGE_HEADER]: 'yes' };
        const answer = await send(visitor, form, typedInto(form), headers);
        expect([form.page.path, answer.status]).toEqual([form.page.path, status]);
        expect(valuesOn(answer)).toEqual(expect.arrayContaining(visible(typedInto(form))));
        expect(answer.body).not.toContain(SECRET);
      }
    },
  );

  describe('when the session has ended', () => {
    /** The form of somebody who was signed in when the page was made, sent when nobody is. */
    async function sendTooLate(form: FormCase, typed: Typed) {
      const { visitor, name } = await visitorOf(form);
      const from = await visitor.get(form.page.path);
      await visitor.withSameCookies().signOut();
      return { visitor, name, answer: await sendFrom(from, visitor, form, typed) };
    }

    it('is in the form again after signing in, once', async () => {
      for (const form of withText(behindSignIn())) {
        const typed = typedInto(form);
        const { visitor, name, answer } = await sendTooLate(form, typed);
        const location = `/login?next=${encodeURIComponent(form.page.path)}`;
        expect(answer).toMatchObject({ status: 303, location });
        expect((await visitor.get(location)).text).toContain('What you typed is kept');
        await visitor.signIn(name);
        const again = await visitor.get(form.page.path);
        expect(valuesOn(again)).toEqual(expect.arrayContaining(visible(typed)));
        expectNothingOf(await visitor.get(form.page.path), typed);
      }
    });

    it('stands on the page that asks to sign in where it is too long to be kept', async () => {
      for (const form of withText(behindSignIn())) {
        const typed = { ...typedInto(form), ...longTextOf(form) };
        const { answer } = await sendTooLate(form, typed);
        expect([form.page.path, answer.status]).toEqual([form.page.path, 401]);
        expect(valuesOn(answer).join()).toContain(LONG.trim());
      }
    });

    it.each(['signs in', 'signs in after a sign-out', 'registers and signs in'])(
      'is nothing to another person who %s in the same browser',
      async (what) => {
        for (const form of behindSignIn()) {
          const typed = typedInto(form);
          const { visitor, name } = await sendTooLate(form, typed);
          if (what.includes('sign-out')) {
            await visitor.signIn(name);
            await visitor.signOut();
          }
          const other = `john${++people}`;
          await (what.startsWith('registers') ? visitor : app.visitor()).register(other);
          await visitor.signIn(other);
          for (const { page } of forms) expectNothingOf(await visitor.get(page.path), typed);
          await visitor.signOut();
          await visitor.signIn(name);
          expectNothingOf(await visitor.get(form.page.path), typed);
        }
      },
    );
  });

  it('is not shown to another person who signed in meanwhile, and nothing is done', async () => {
    for (const form of behindSignIn()) {
      const { visitor } = await visitorOf(form);
      const from = await visitor.get(form.page.path);
      const other = `john${++people}`;
      await app.visitor().register(other);
      await visitor.signOut();
      await visitor.signIn(other);
      const answer = await sendFrom(from, visitor, form, typedInto(form));
      expect([form.page.path, answer.status]).toEqual([form.page.path, 403]);
      expect(answer.text).toContain('somebody else was signed in here');
      expectNothingOf(answer, typedInto(form));
      expectNothingOf(await visitor.get(form.page.path), typedInto(form));
    }
    const posts: unknown = await app.nest.get(DataSource).query('SELECT body FROM posts');
    expect(posts).toEqual([]);
  });

  function expectForm(answer: Answer, form: FormCase, status: number) {
    expect([form.page.path, answer.status]).toEqual([form.page.path, status]);
    const { path } = form.page;
    const names = answer.page.querySelectorAll('main [name]').map((field) => field.getAttribute('name'));
    expect([path, names]).toEqual([path, expect.arrayContaining([...form.fields.keys()])]);
    expect([path, valuesOn(answer)]).toEqual([path, expect.arrayContaining(visible(typedInto(form)))]);
    expect(answer.page.querySelector('[role=alert]')).not.toBeNull();
    expect(answer.body).not.toContain(SECRET);
  }
});

/** The pages of all forms that some handler takes. */
function formPagesOf({ nest }: TestApp): FormPage<object>[] {
  const scanner = new MetadataScanner();
  const pages = nest
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const { prototype } = metatype as unknown as { prototype: Record<string, object> };
      return scanner
        .getAllMethodNames(prototype)
        .flatMap((method) => formPageOf(prototype[method] ?? {}) ?? []);
    });
  return [...new Set(pages)].map((page) => resolveFormPage(page, nest.get(ModuleRef)));
}

function isText({ fields }: FormCase, name: string): boolean {
  const kind = fields.get(name)?.kind;
  return kind !== undefined && !kind.isSecret && kind.element !== 'select' && kind.type !== 'checkbox';
}

/** Something in each field, which no field of another form has. */
function typedInto({ page, fields }: FormCase): Typed {
  return Object.fromEntries(
    [...fields].map(([name, { kind }]) => [
      name,
      kind.isSecret ? SECRET : kind.type === 'checkbox' ? 'y' : `Typed into ${name} of ${page.path} <&"> 👍`,
    ]),
  );
}

function longTextOf(form: FormCase): Typed {
  const name = [...form.fields.keys()].findLast((field) => isText(form, field));
  return name === undefined ? {} : { [name]: LONG };
}

/** What may be shown again. */
function visible(typed: Typed): string[] {
  return Object.values(typed).filter((value) => value !== SECRET && value.length > 1 && value !== 'expired');
}

/** What stands in the fields of a page. */
function valuesOn({ page }: Answer): string[] {
  return page
    .querySelectorAll('main input, main textarea')
    .map((field) => (field.getAttribute('value') ?? field.textContent).trim());
}

function expectNothingOf(answer: Answer, typed: Typed) {
  for (const value of visible(typed)) expect(valuesOn(answer)).not.toContain(value);
  expect(answer.body).not.toContain('Typed into');
}

async function send(visitor: Visitor, form: FormCase, typed: Typed, headers: Record<string, string> = {}) {
  return sendFrom(await visitor.get(form.page.path), visitor, form, typed, headers);
}

/** Sends the form of a page with all that is hidden in it. */
function sendFrom(
  { page }: Answer,
  visitor: Visitor,
  { fields }: FormCase,
  typed: Typed,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = page
    .querySelectorAll('main form')
    .find((candidate) => [...fields.keys()].every((name) => candidate.querySelector(`[name="${name}"]`)));
  if (!form) throw new Error('The page does not show the form');
  const hidden = form
    .querySelectorAll('input[type=hidden]')
    .map((input): [string, string] => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']);
  return visitor.send(form.getAttribute('action') ?? '', {
    method: 'POST',
    headers,
    body: new URLSearchParams({ ...Object.fromEntries(hidden), ...typed }),
  });
}
