import { InputRequired, Length, Validators } from '../forms';

/** A password that someone chooses: 8 to 128 characters, any of them. */
export function IsPassword(): PropertyDecorator {
  return Validators(InputRequired(), Length({ min: 8, max: 128 }));
}
