/**
 * Tells while somebody types a username whether it is free. The form needs none of this: it is never held back, and the
 * server checks the name when it is sent. Wherever an answer cannot be had, nothing is said.
 */

/** How long somebody has stopped typing before the server is asked, in milliseconds. */
const PAUSE = 350;

for (const input of document.querySelectorAll('input[data-availability-url]')) watch(input);

function watch(input) {
  let status;
  let pause;
  let question;
  input.addEventListener('input', () => {
    // Before there is anything to say: screen readers announce only what changes in a place that they know.
    status ??= addStatus(input);
    clearTimeout(pause);
    question?.abort();
    show(status, undefined);
    const isOther = isWorthAsking(input);
    withdrawErrors(input, isOther);
    if (isOther) pause = setTimeout(ask, PAUSE);
  });

  async function ask() {
    const { signal } = (question = new AbortController());
    const answer = await answerTo(input, signal);
    if (!signal.aborted) show(status, answer);
  }
}

/** The name that stood in the form was judged by the server, or is the person's own. */
function isWorthAsking({ value, defaultValue }) {
  const name = value.trim();
  return name !== '' && name !== defaultValue.trim();
}

/** What the server says of the name; undefined where it cannot be reached, has been asked too often or is in trouble. */
async function answerTo({ dataset, value }, signal) {
  const url = new URL(dataset.availabilityUrl, document.baseURI);
  url.searchParams.set('username', value);
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** What the server said was about the name that was sent; it comes back with that name. */
function withdrawErrors(input, isOther) {
  const errors = document.getElementById(`${input.id}-errors`);
  if (!errors) return;
  errors.hidden = isOther;
  input.toggleAttribute('aria-invalid', false);
  if (!isOther) input.setAttribute('aria-invalid', 'true');
  const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== errors.id);
  input.setAttribute('aria-describedby', (isOther ? others : [errors.id, ...others]).join(' '));
}

/** A place below the field, where screen readers hear of what changes. */
function addStatus(input) {
  const status = document.createElement('div');
  status.id = `${input.id}-availability`;
  status.className = 'availability';
  status.setAttribute('role', 'status');
  const errors = document.getElementById(`${input.id}-errors`);
  (errors ?? input).after(status);
  const describedBy = input.getAttribute('aria-describedby');
  input.setAttribute('aria-describedby', describedBy ? `${describedBy} ${status.id}` : status.id);
  return status;
}

function show(status, answer) {
  status.textContent = answer?.message ?? '';
  if (answer) status.dataset.available = answer.available;
  else delete status.dataset.available;
}
