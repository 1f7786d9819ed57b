import { Validate } from 'class-validator';
import { DataRequired, InputRequired, PasswordField, StringField } from '@microblog/forms';
import { IsEmailAddress } from '../users/is-email-address.decorator';
import { IsEmailAvailable } from '../users/is-email-available';
import { IsAvailableUsername } from '../users/is-available-username.decorator';
import { USERNAME_HINT } from '../users/is-username.decorator';
import { IsPassword, PASSWORD_HINT, RepeatsPassword } from './is-password.decorator';

export class RegisterDto {
  @StringField('Username', {
    help: USERNAME_HINT,
    attributes: { autocomplete: 'username', autofocus: true },
  })
  @IsAvailableUsername()
  username!: string;

  // No EmailField: browsers refuse letters beyond ASCII before the @, which RFC 6531 allows.
  @StringField('Email', { attributes: { autocomplete: 'email', inputmode: 'email', autocapitalize: 'none' } })
  @DataRequired()
  @IsEmailAddress()
  @Validate(IsEmailAvailable)
  email!: string;

  @PasswordField('Password', {
    help: PASSWORD_HINT,
    attributes: { autocomplete: 'new-password' },
  })
  @IsPassword()
  password!: string;

  @PasswordField('Repeat password', { attributes: { autocomplete: 'new-password' } })
  @InputRequired()
  @RepeatsPassword('password')
  password2!: string;
}
