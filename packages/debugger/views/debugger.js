/**
 * What the debugger's pages do: values that open, a console in each live frame, the PIN, copying. The server decides what
 * may be run; here nothing is kept from anybody.
 */

const SECRET = document.querySelector('meta[name="debugger-secret"]').content;
const GONE = 'The application has been restarted; this frame is gone. Reload the page.';
const UNREACHABLE = 'The application cannot be reached. It may be restarting: look at its terminal.';
const HISTORY_LENGTH = 100;

/* Asking the application */

/** A reason that is told to the developer as it is. */
class Refusal extends Error {}

/** Sends a command, asks for the PIN where that is wanted, and then sends it again. */
async function ask(url, body, options = {}) {
  const response = await send(url, body, options);
  if (response.status === 404 || response.status === 410) throw new Refusal(GONE);
  if (response.ok) return options.asText ? response.text() : response.json();
  const refusal = await refusalOf(response);
  if (response.status === 403 && refusal.pin === true) {
    if (await unlocked()) return ask(url, body, options);
    throw new Refusal('Cancelled: no PIN was entered.');
  }
  throw new Refusal(refusal.message ?? `The application answered ${response.status} ${response.statusText}`);
}

async function send(url, body, { signal } = {}) {
  const headers = { 'X-Debugger-Secret': SECRET };
  const command = body && {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    return await fetch(url, { credentials: 'same-origin', headers, signal, ...command });
  } catch (error) {
    if (error.name === 'AbortError') throw new Refusal('No longer waited for; it may still be running.');
    throw new Refusal(UNREACHABLE);
  }
}

async function refusalOf(response) {
  const text = await response.text().catch(() => '');
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return { message: text.trim().slice(0, 500) || undefined };
  }
}

/* The PIN */

const pinDialog = document.getElementById('pin-dialog');
let unlocking;

/** Whether the right PIN was given; commands that wait for it share one dialog. */
function unlocked() {
  unlocking ??= askForPin().finally(() => (unlocking = undefined));
  return unlocking;
}

/** What stands behind the PIN: the page in whose place this one is, or the values that were masked. */
async function showUnlocked() {
  const { locked } = document.querySelector('main').dataset;
  if (locked === undefined) {
    const frames = [...document.querySelectorAll('.frame [data-console]')];
    await Promise.all(frames.map((frame) => refreshLocals(frame.dataset.console, localsAt(frame))));
  } else if (locked) location.replace(locked);
  else location.reload();
}

function askForPin() {
  const form = pinDialog.querySelector('form');
  const input = pinDialog.querySelector('input');
  const message = document.getElementById('pin-message');
  const from = document.activeElement;
  input.value = message.textContent = '';
  pinDialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    let isRight = false;
    const over = new AbortController();
    const { signal } = over;
    form.addEventListener('submit', check, { signal });
    pinDialog.querySelector('[data-action="cancel"]').addEventListener('click', () => pinDialog.close(), {
      signal,
    });
    pinDialog.addEventListener(
      'close',
      () => {
        over.abort();
        from?.focus();
        resolve(isRight);
      },
      { signal },
    );

    async function check(event) {
      event.preventDefault();
      // A wrong PIN is answered late, and each one counts.
      const button = form.querySelector('[type="submit"]');
      if (button.disabled) return;
      button.disabled = true;
      message.textContent = '';
      try {
        const answer = await send('/_debugger/pin', { pin: input.value });
        isRight = answer.ok;
        if (!isRight) {
          message.textContent =
            (await refusalOf(answer)).message ?? `The application answered ${answer.status}.`;
        }
      } catch (error) {
        message.textContent = error.message;
      } finally {
        button.disabled = false;
      }
      if (isRight) {
        document.getElementById('lock').hidden = true;
        pinDialog.close();
        showUnlocked().catch(() => undefined);
      } else input.select();
    }
  });
}

/* Values */

/** An element; texts are texts, never HTML. */
function element(name, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** As in `value.hbs`. */
function valueElement({ preview, type, handle }) {
  const attributes = { 'data-type': type };
  if (handle === undefined) return element('code', { className: 'value', textContent: preview, attributes });
  return element('button', {
    type: 'button',
    className: 'value',
    textContent: preview,
    attributes: { ...attributes, 'data-handle': handle, 'aria-expanded': 'false' },
  });
}

/** Shows what is in a value, or hides it again. */
async function toggleValue(button) {
  const shown = button.nextElementSibling;
  if (!shown?.matches('.entries')) {
    // Why it could not be had the last time.
    shown?.remove();
    await openValue(button);
    return;
  }
  shown.hidden = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!shown.hidden));
}

async function openValue(button) {
  const list = element('ul', { className: 'entries' });
  button.after(list);
  button.setAttribute('aria-expanded', 'true');
  await addEntries(button, list);
}

async function addEntries(button, list) {
  const from = list.children.length;
  const path = button.closest('[data-values]').dataset.values;
  try {
    const { entries, more } = await ask(path + button.dataset.handle, { from });
    list.append(...entries.map(entryElement));
    if (more > 0) list.append(moreElement(more, () => addEntries(button, list)));
    if (list.children.length === 0)
      list.append(element('li', { className: 'muted', textContent: 'Nothing.' }));
  } catch (error) {
    if (from > 0) list.append(moreElement(undefined, () => addEntries(button, list), error.message));
    else {
      list.replaceWith(errorElement(error.message));
      button.setAttribute('aria-expanded', 'false');
    }
  }
}

function entryElement({ name, value }) {
  const title = name === '' ? [] : [element('span', { className: 'name', textContent: name }), ': '];
  return element('li', { attributes: { 'data-name': name } }, ...title, valueElement(value));
}

function moreElement(count, add, problem) {
  const button = element('button', { type: 'button', textContent: problem ? 'Try again' : `${count} more` });
  const item = element('li', {}, ...(problem ? [errorElement(problem), ' '] : []), button);
  button.addEventListener('click', () => {
    item.remove();
    void add();
  });
  return item;
}

function errorElement(message) {
  return element('p', { className: 'error', textContent: message, attributes: { role: 'alert' } });
}

/* The variables of a frame, which what was run may have changed */

/** The variables beside a console; undefined beside that of the application. */
function localsAt(console) {
  return console.parentElement.querySelector('.locals');
}

async function refreshLocals(path, locals) {
  const { scopes } = await ask(`${path}/locals`, {});
  const before = new Map([...locals.querySelectorAll('.scope')].map((scope) => [scope.dataset.title, scope]));
  const shown = scopes
    .filter(({ variables }) => variables.length > 0)
    .map((scope) => {
      const old = before.get(scope.title);
      return {
        made: scopeElement(scope, old?.open ?? true),
        opened: old ? openedIn(old.querySelector('tbody')) : [],
      };
    });
  locals.replaceChildren(...shown.map(({ made }) => made));
  await Promise.all(shown.map(({ made, opened }) => openAgain(made.querySelector('tbody'), opened)));
}

/** As in `scope.hbs`. */
function scopeElement({ title, variables }, open) {
  const heading = (textContent) => element('th', { scope: 'col', textContent });
  const head = element(
    'thead',
    { className: 'hidden' },
    element('tr', {}, heading('Name'), heading('Value')),
  );
  const rows = variables.map(({ name, value }) =>
    element(
      'tr',
      { attributes: { 'data-name': name } },
      element('th', { scope: 'row', textContent: name }),
      element('td', {}, valueElement(value)),
    ),
  );
  const table = element('table', {}, head, element('tbody', {}, ...rows));
  const attributes = { 'data-title': title };
  const summary = element('summary', { textContent: title });
  return element('details', { className: 'scope', open, attributes }, summary, table);
}

/** The names under which values were opened, with those inside of them. */
function openedIn(list) {
  return [...list.querySelectorAll(':scope > [data-name]')].flatMap((row) => {
    const button = row.querySelector('[aria-expanded="true"]');
    const entries = button?.nextElementSibling;
    return entries?.matches('.entries') && !entries.hidden && button.closest('[data-name]') === row
      ? [{ name: row.dataset.name, inner: openedIn(entries) }]
      : [];
  });
}

async function openAgain(list, opened) {
  for (const { name, inner } of opened) {
    const row = [...list.children].find((child) => child.dataset.name === name);
    const button = row?.querySelector('[data-handle]');
    if (!button) continue;
    await openValue(button);
    const entries = button.nextElementSibling;
    if (entries?.matches('.entries')) await openAgain(entries, inner);
  }
}

/* Consoles */

function startConsole(root) {
  const path = root.dataset.console;
  const log = root.querySelector('.log');
  const form = root.querySelector('form');
  const prompt = root.querySelector('textarea');
  const locals = localsAt(root);
  const history = historyOf(root.dataset.history);
  let waiting;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!waiting && prompt.value.trim()) void run(prompt.value);
  });
  prompt.addEventListener('input', fit);
  prompt.addEventListener('keydown', (event) => {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  });

  function actionOf({ key, shiftKey, ctrlKey, isComposing }) {
    const isEdge = prompt.selectionStart === prompt.selectionEnd && !shiftKey && !waiting;
    const before = prompt.value.slice(0, prompt.selectionStart);
    const after = prompt.value.slice(prompt.selectionEnd);
    if (isComposing) return undefined;
    if (key === 'Enter' && !shiftKey) return () => form.requestSubmit();
    if (key === 'ArrowUp' && isEdge && !before.includes('\n'))
      return () => write(history.older(prompt.value));
    if (key === 'ArrowDown' && isEdge && !after.includes('\n'))
      return () => write(history.newer(prompt.value));
    if (key.toLowerCase() === 'l' && ctrlKey) return () => log.replaceChildren();
    if (key.toLowerCase() === 'c' && ctrlKey && waiting) return () => waiting.abort();
    return undefined;
  }

  async function run(code) {
    waiting = new AbortController();
    prompt.readOnly = true;
    form.setAttribute('aria-busy', 'true');
    try {
      const answer = await ask(`${path}/evaluate`, { code }, { signal: waiting.signal });
      if (answer.incomplete) write(`${code}\n`);
      else {
        say(code, answer.error === undefined ? valueElement(answer.value) : errorText(answer.error));
        await refresh();
      }
    } catch (error) {
      say(code, errorText(error.message));
    } finally {
      waiting = undefined;
      prompt.readOnly = false;
      form.removeAttribute('aria-busy');
    }
  }

  async function refresh() {
    try {
      if (locals) await refreshLocals(path, locals);
    } catch (error) {
      log.append(errorText(`The variables above are as they were before: ${error.message}`));
    }
  }

  function say(code, output) {
    history.add(code);
    const input = element('pre', { className: 'input', textContent: code });
    log.append(
      element('div', { className: 'exchange' }, input, element('div', { className: 'output' }, output)),
    );
    write('');
    form.scrollIntoView({ block: 'nearest' });
  }

  function write(text) {
    if (text === undefined) return;
    prompt.value = text;
    prompt.setSelectionRange(text.length, text.length);
    fit();
  }

  function fit() {
    prompt.rows = prompt.value.split('\n').length;
  }
}

function errorText(message) {
  return element('pre', { className: 'error', textContent: message });
}

/** What was run in a place of the source; it outlives the page, since an error is often provoked again. */
function historyOf(name) {
  const key = `debugger-history ${name}`;
  const lines = storedLines(key);
  let index = lines.length;
  let draft = '';
  return {
    add(line) {
      if (lines.at(-1) !== line) lines.push(line);
      lines.splice(0, lines.length - HISTORY_LENGTH);
      index = lines.length;
      try {
        sessionStorage.setItem(key, JSON.stringify(lines));
      } catch {
        // Full or forbidden: what is in memory has to do.
      }
    },
    older(current) {
      if (index === 0) return undefined;
      if (index === lines.length) draft = current;
      return lines[--index];
    },
    newer() {
      if (index === lines.length) return undefined;
      return ++index === lines.length ? draft : lines[index];
    },
  };
}

function storedLines(key) {
  try {
    const lines = JSON.parse(sessionStorage.getItem(key));
    return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

/* Texts */

async function copy({ dataset }) {
  const status = document.getElementById('status');
  status.textContent = '';
  try {
    const text = await ask(dataset.copy, undefined, { asText: true });
    status.textContent = (await toClipboard(text))
      ? 'Copied as Markdown.'
      : 'Not copied: the text is in the dialog.';
  } catch (error) {
    status.textContent = `Not copied. ${error.message}`;
  }
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const dialog = document.getElementById('text-dialog');
    const area = dialog.querySelector('textarea');
    area.value = text;
    dialog.showModal();
    area.select();
    return false;
  }
}

function toggleText(button) {
  const text = document.getElementById('plain-text');
  text.hidden = !text.hidden;
  document.getElementById('frames').hidden = !text.hidden;
  button.setAttribute('aria-pressed', String(!text.hidden));
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  if (button.dataset.handle !== undefined) void toggleValue(button);
  if (button.dataset.copy !== undefined) void copy(button);
  if (button.dataset.action === 'text') toggleText(button);
  if (button.dataset.action === 'unlock') void unlocked();
});

for (const root of document.querySelectorAll('[data-console]')) startConsole(root);
document.querySelector('[data-console="/_debugger/console"] textarea')?.focus();
