/**
 * Says while somebody types how many characters are left, in the place of the field's hint. Nothing is cut off, and the form
 * is not held back: the server counts in the same way and says the same.
 */

/** As in `src/forms/validators/character-limit.ts`, which says why. */
const MAX_CODE_POINTS_PER_CHARACTER = 12;
const WINDOW_LENGTH = 85 * MAX_CODE_POINTS_PER_CHARACTER;

/** A single line shows its count only near the limit. Screen readers hear it only there too, once typing pauses. */
const TELL_BELOW = 20;
const ANNOUNCE_DELAY_MS = 1000;

const graphemes = 'Segmenter' in Intl && new Intl.Segmenter('en', { granularity: 'grapheme' });

/** `username-availability.js` asks the server while somebody types, whose answer includes the length. */
const COUNTED = '[data-character-limit]:not([data-availability-url])';

if (graphemes) for (const field of document.querySelectorAll(COUNTED)) watch(field);

function countCharacters(text) {
  let count = 0;
  for (let start = 0; start < text.length;) {
    let window = text.slice(start, start + WINDOW_LENGTH);
    const isLast = start + window.length === text.length;
    if (!isLast && /[\ud800-\udbff]$/.test(window)) window = window.slice(0, -1);
    const segments = Array.from(graphemes.segment(window), ({ segment }) => segment);
    if (!isLast && segments.length > 1) segments.pop();
    for (const segment of segments) {
      count += Math.ceil(Array.from(segment).length / MAX_CODE_POINTS_PER_CHARACTER);
      start += segment.length;
    }
  }
  return count;
}

function watch(field) {
  const max = Number(field.dataset.characterLimit);
  const help = document.getElementById(`${field.id}-help`);
  const hasLines = field.matches('textarea');
  // The hint of a textarea is its limit; the hint of a single line may say something else.
  const counter = (hasLines && help) || addCounter(help ?? field);
  const announcement = addAnnouncement(counter);
  const hint = counter.textContent;
  let pause;
  field.addEventListener('input', () => {
    const text = field.type === 'password' ? field.value : field.value.trim();
    const left = max - countCharacters(text);
    const isTold = text !== '' && (hasLines || left < TELL_BELOW);
    withdrawErrors(field, left < 0);
    counter.classList.toggle('too-long', left < 0);
    counter.textContent = isTold ? inWords(left) : hint;
    clearTimeout(pause);
    announcement.textContent = '';
    if (isTold && left < TELL_BELOW) {
      pause = setTimeout(() => (announcement.textContent = counter.textContent), ANNOUNCE_DELAY_MS);
    }
  });
}

function inWords(left) {
  const count = Math.abs(left);
  const characters = `${count} ${count === 1 ? 'character' : 'characters'}`;
  return left < 0 ? `Shorten this by ${characters}.` : `${characters} left.`;
}

/** What the server said was about the text that was sent. */
function withdrawErrors(field, isTooLong) {
  const errors = document.getElementById(`${field.id}-errors`);
  if (errors) {
    errors.remove();
    const others = field.getAttribute('aria-describedby').split(' ');
    field.setAttribute('aria-describedby', others.filter((id) => id !== errors.id).join(' '));
  }
  if (isTooLong) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

function addCounter(before) {
  const counter = document.createElement('small');
  counter.className = 'counter';
  before.after(counter);
  return counter;
}

function addAnnouncement(counter) {
  const announcement = document.createElement('div');
  announcement.className = 'visually-hidden';
  announcement.setAttribute('aria-live', 'polite');
  counter.after(announcement);
  return announcement;
}
