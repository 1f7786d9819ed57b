import { Validate } from 'class-validator';
import { DataRequired, Validators } from '@microblog/forms';
import { IsUsernameAvailable } from './is-username-available';
import { IsUsername } from './is-username.decorator';

/** A name that somebody chooses: possible, and free or their own already. */
export function IsAvailableUsername(): PropertyDecorator {
  return Validators(DataRequired(), IsUsername(), Validate(IsUsernameAvailable));
}
