import { EqualTo, InputRequired, Length, PasswordField } from '../forms';
import { IsPassword } from './is-password.decorator';

export class ChangePasswordDto {
  @PasswordField('Current password', { attributes: { autocomplete: 'current-password' } })
  @InputRequired()
  @Length({ max: 128 })
  current_password!: string;

  @PasswordField('New password', {
    help: 'At least 8 characters.',
    attributes: { autocomplete: 'new-password' },
  })
  @IsPassword()
  password!: string;

  @PasswordField('Repeat new password', { attributes: { autocomplete: 'new-password' } })
  @InputRequired()
  @EqualTo('password', { message: 'The two passwords are not the same.' })
  password2!: string;
}
