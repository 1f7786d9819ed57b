import { StringField } from '@microblog/forms';
import { IsAvailableUsername } from '../users/is-available-username.decorator';
import { HasOriginalUsername } from '../users/is-username-available';

/** A name alone, checked as the forms check it in which people choose theirs. */
export class UsernameAvailabilityDto implements HasOriginalUsername {
  @StringField('Username')
  @IsAvailableUsername()
  username!: string;

  /** @param originalUsername the name of who is signed in; it comes from the session, never from the query */
  constructor(readonly originalUsername?: string) {}
}
