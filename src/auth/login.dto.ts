import { BooleanField, CharacterLimit, DataRequired, PasswordField, StringField } from '@microblog/forms';
import { IsKnownPassword } from './is-password.decorator';

export class LoginDto {
  @StringField('Username', { attributes: { autocomplete: 'username', autofocus: true } })
  @DataRequired()
  @CharacterLimit(64)
  username!: string;

  @PasswordField('Password', { attributes: { autocomplete: 'current-password' } })
  @IsKnownPassword()
  password!: string;

  @BooleanField('Remember me')
  remember_me!: boolean;
}
