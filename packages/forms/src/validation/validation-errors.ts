/** Thrown by a validator that refuses a value: the message is shown next to the field, and the next validator runs. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
}

/**
 * What a validator throws when nothing after it is worth checking: it ends the checks of its field and takes back what
 * earlier ones said. Without a message the field passes.
 */
export class StopValidation extends Error {
  override readonly name = 'StopValidation';
}
