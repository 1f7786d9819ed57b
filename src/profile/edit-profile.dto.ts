import { Length, StringField, TextAreaField } from '../forms';
import { IsNewUsername } from '../users/is-new-username.decorator';
import { HasOriginalUsername } from '../users/is-username-available';

export class EditProfileDto implements HasOriginalUsername {
  @StringField('Username', { attributes: { autocomplete: 'username' } })
  @IsNewUsername()
  username!: string;

  @TextAreaField('About me', { help: 'Up to 140 characters.', attributes: { rows: 4 } })
  @Length({ max: 140 })
  about_me!: string;

  /** @param originalUsername the name that the person has; it comes from the session, never from the body */
  constructor(readonly originalUsername: string) {}
}
