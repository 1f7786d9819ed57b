/** Loads the page again when the code behind it has changed, as far as nothing that somebody typed is lost by it. */

/** Nest restarts the server 0.3 s after a save: a page asked for just before that would find none. In milliseconds. */
const RESTART = 500;
const RETRY = 300;
const RETRY_LATER = 2000;
/** A restart takes less, and is not worth a word. */
const AWAY = 2000;

const root = document.documentElement.dataset;
/** What the page shows: a page of the debugger knows, any other is taken to be of the first answer. */
let shown = root.process && { process: root.process, version: Number(root.version) };
const isOfDebugger = Boolean(shown);
/** A page that answers a form would send it again. */
const isPosted = new URL(import.meta.url).searchParams.has('posted');
/** The page of such an error once the PIN was given, at an address that a restart takes away. */
const isKept = location.pathname.startsWith('/_debugger/errors/');
let isLeaving = false;
let source;
let reloading;
let retrying;
let awaySince;
let note;

addEventListener('submit', (event) => {
  isLeaving ||= !event.defaultPrevented;
});
// A browser has six connections for a site, so that only a page that is looked at may keep one.
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
addEventListener('pagehide', disconnect);
// Back again, and as it was left.
addEventListener('pageshow', ({ persisted }) => {
  isLeaving = false;
  if (persisted && !document.hidden) connect();
});
if (!document.hidden) connect();

function connect() {
  disconnect();
  source = new EventSource('/_debugger/events');
  source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
  source.addEventListener('error', retry);
}

function disconnect() {
  source?.close();
  clearTimeout(retrying);
  clearTimeout(reloading);
}

/** What `EventSource` would do too, but later, and in some browsers not when there is no server. */
function retry() {
  disconnect();
  awaySince ??= Date.now();
  const away = Date.now() - awaySince;
  if (away > AWAY) say('The server does not answer. Its terminal says why; this page comes back with it.');
  retrying = setTimeout(connect, away > 60_000 ? RETRY_LATER : RETRY);
}

function hear(state) {
  awaySince = undefined;
  clearTimeout(reloading);
  const isNewProcess = shown !== undefined && shown.process !== state.process;
  const isNew = isNewProcess || (shown !== undefined && shown.version !== state.version);
  shown ??= state;
  if (!isNew || !mayReload()) tell(state, isNew);
  // It has come back from its restart.
  else if (isNewProcess) reload();
  else reloading = setTimeout(() => (mayReload() ? reload() : hear(state)), RESTART);
}

/** Once: what is told after this is for the next page. */
function reload() {
  disconnect();
  location.reload();
}

/** Why the page is not loaded again, or that there is nothing to say. */
function tell(state, isNew) {
  if (state.failing) say(isNew || !isOfDebugger ? complaintOf(state) : '');
  else if (!isNew || !isOfDebugger) say('');
  else if (isKept) say('The code has changed since this form was sent. Go back and send it again.');
  else if (isPosted) say('The code has changed since this form was sent. Reload the page to send it again.');
  else say('The code has changed since this page was made.', 'Load it again');
}

function complaintOf({ files: [first, ...others] }) {
  if (!first) return 'Something does not compile';
  return others.length === 0 ? `${first} does not compile` : `${first} and ${others.length} more do not compile`;
}

function mayReload() {
  return !isPosted && !isLeaving && ![...document.querySelectorAll('input, textarea, select')].some(isChanged);
}

function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    // Without one that the page selects, the first is.
    return options.some(({ defaultSelected }) => defaultSelected)
      ? options.some((option) => option.selected !== option.defaultSelected)
      : field.selectedIndex > 0;
  }
  if (['checkbox', 'radio'].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.type === 'file') return field.files.length > 0;
  return field.value !== field.defaultValue;
}

/** Says it at the foot of the page; nothing takes the note away. @param action what a button beside it does: load the page again */
function say(text, action) {
  if (!note) {
    if (!text) return;
    note = document.body.appendChild(document.createElement('p'));
    note.setAttribute('role', 'status');
    Object.assign(note.style, {
      position: 'fixed',
      zIndex: '2147483647',
      insetInline: '0.75rem',
      bottom: '0.75rem',
      width: 'fit-content',
      maxWidth: 'calc(100% - 1.5rem)',
      margin: '0 auto',
      padding: '0.5rem 1rem',
      borderRadius: '0.375rem',
      background: '#7a1512',
      color: '#fff',
      font: '0.875rem/1.5 system-ui, sans-serif',
      overflowWrap: 'anywhere',
    });
  }
  note.hidden = !text;
  const [shownText = ''] = [...note.childNodes].map(({ data }) => data?.trim());
  if (shownText === text) return;
  note.textContent = text;
  if (action) note.append(' ', buttonFor(action));
}

/** Looks the same on every page. */
function buttonFor(action) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: action });
  Object.assign(button.style, {
    width: 'auto',
    margin: '0',
    padding: '0.5rem',
    border: '0',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    textDecoration: 'underline',
    cursor: 'pointer',
  });
  button.addEventListener('click', reload);
  return button;
}
