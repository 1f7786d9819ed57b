import { CharacterLimit, StringField, TextAreaField } from '@microblog/forms';
import { IsAvailableUsername } from '../users/is-available-username.decorator';
import { HasOriginalUsername } from '../users/is-username-available';
import { MAX_ABOUT_ME_CHARACTERS } from '../users/user.entity';

export class EditProfileDto implements HasOriginalUsername {
  @StringField('Username', { attributes: { autocomplete: 'username' } })
  @IsAvailableUsername()
  username!: string;

  @TextAreaField('About me', {
    help: `Up to ${MAX_ABOUT_ME_CHARACTERS} characters.`,
    attributes: { rows: 4, dir: 'auto' },
  })
  @CharacterLimit(MAX_ABOUT_ME_CHARACTERS)
  about_me!: string;

  /** @param originalUsername the name that the person has; it comes from the session, never from the body */
  constructor(readonly originalUsername: string) {}
}
