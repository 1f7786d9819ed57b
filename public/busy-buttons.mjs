/**
 * A button shows that its form is on the way, and a second click sends nothing. Without this script the server takes the second form for
 * what it is all the same: a repetition.
 */
const BUSY_MS = 10_000;

function setBusy(form, isBusy) {
  for (const button of form.querySelectorAll('[type="submit"]')) {
    if (isBusy) button.setAttribute('aria-busy', 'true');
    else button.removeAttribute('aria-busy');
  }
}

function isBusy(form) {
  return form.querySelector('[type="submit"][aria-busy="true"]') !== null;
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (isBusy(form)) {
    event.preventDefault();
    return;
  }
  setBusy(form, true);
  // Whoever has stopped the page, or has no connection any more, may send the form again.
  setTimeout(() => setBusy(form, false), BUSY_MS);
});

// Back shows the page as it was left.
addEventListener('pageshow', () => {
  for (const form of document.forms) setBusy(form, false);
});
