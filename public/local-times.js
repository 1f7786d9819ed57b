/** Converts exact times, which the server renders in UTC, to the reader's time zone. */
const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });

for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime);
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName').value;
  time.title = `${local.format(at).replace(' at ', ', ')} ${name}`;
  const exact = time.querySelector('[data-exact]');
  if (exact) exact.textContent = time.title;
}
