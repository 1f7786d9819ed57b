import { Validate } from 'class-validator';
import { Field } from '../forms/field.decorator';
import { TextLength } from '../forms/length.decorator';
import { HasOriginalUsername, IsUsernameAvailable } from '../users/is-username-available';
import { IsUsername } from '../users/is-username.decorator';

export class EditProfileDto implements HasOriginalUsername {
  @Field({ label: 'Username', attributes: { autocomplete: 'username', maxlength: 64, required: true } })
  @IsUsername()
  @Validate(IsUsernameAvailable)
  username!: string;

  @Field({ label: 'About me', type: 'textarea', help: 'Up to 140 characters.', attributes: { rows: 4 } })
  @TextLength(0, 140)
  about_me!: string;

  /** @param originalUsername the name that the person has; it comes from the session, never from the body */
  constructor(readonly originalUsername: string) {}
}
