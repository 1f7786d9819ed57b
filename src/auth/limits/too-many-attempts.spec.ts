import { TooManyAttemptsError } from './too-many-attempts.error';

describe('TooManyAttemptsError', () => {
  it.each([
    [1, 'Too many attempts. Please wait 1 second and try again.', '1'],
    [42_001, 'Too many attempts. Please wait 43 seconds and try again.', '43'],
    [60_000, 'Too many attempts. Please wait a minute and try again.', '60'],
    [150_000, 'Too many attempts. Please wait 3 minutes and try again.', '150'],
    [3_600_000, 'Too many attempts. Please wait 1 hour and try again.', '3600'],
  ])('says of %d ms: %s', (waitMs, message, seconds) => {
    const error = new TooManyAttemptsError(waitMs);
    expect(error.message).toBe(message);
    expect(error.headers).toEqual({ 'Retry-After': seconds });
    expect(error.getStatus()).toBe(429);
  });
});
