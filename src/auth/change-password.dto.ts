import { InputRequired, PasswordField } from '@microblog/forms';
import { IsKnownPassword, IsPassword, PASSWORD_HINT, RepeatsPassword } from './is-password.decorator';

export class ChangePasswordDto {
  @PasswordField('Current password', { attributes: { autocomplete: 'current-password' } })
  @IsKnownPassword()
  current_password!: string;

  @PasswordField('New password', {
    help: PASSWORD_HINT,
    attributes: { autocomplete: 'new-password' },
  })
  @IsPassword()
  password!: string;

  @PasswordField('Repeat new password', { attributes: { autocomplete: 'new-password' } })
  @InputRequired()
  @RepeatsPassword('password')
  password2!: string;
}
