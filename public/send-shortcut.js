/** Ctrl+Enter, or ⌘ and Enter, in a text of several lines sends its form. */
for (const { form } of document.querySelectorAll('form textarea')) {
  form.querySelector('[type="submit"]')?.setAttribute('aria-keyshortcuts', 'Control+Enter Meta+Enter');
}

document.addEventListener('keydown', (event) => {
  const isShortcut = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  const field = event.target;
  if (!isShortcut || event.isComposing || event.repeat || !field.matches('form textarea')) return;
  event.preventDefault();
  field.form.requestSubmit();
});
