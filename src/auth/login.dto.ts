import { BooleanField, DataRequired, InputRequired, Length, PasswordField, StringField } from '../forms';

export class LoginDto {
  @StringField('Username', { attributes: { autocomplete: 'username', autofocus: true } })
  @DataRequired()
  @Length({ max: 64 })
  username!: string;

  @PasswordField('Password', { attributes: { autocomplete: 'current-password' } })
  @InputRequired()
  @Length({ max: 128 })
  password!: string;

  @BooleanField('Remember me')
  remember_me!: boolean;
}
