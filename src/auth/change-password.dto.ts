import { EqualTo } from '../forms/equal-to.decorator';
import { Field } from '../forms/field.decorator';
import { TextLength } from '../forms/length.decorator';
import { IsPassword } from './is-password.decorator';

export class ChangePasswordDto {
  @Field({
    label: 'Current password',
    type: 'password',
    attributes: { autocomplete: 'current-password', required: true },
  })
  @TextLength(1, 128)
  current_password!: string;

  @Field({
    label: 'New password',
    type: 'password',
    help: 'At least 8 characters.',
    attributes: { autocomplete: 'new-password', required: true },
  })
  @IsPassword()
  password!: string;

  @Field({
    label: 'Repeat new password',
    type: 'password',
    attributes: { autocomplete: 'new-password', required: true },
  })
  @EqualTo('password', 'The two passwords are not the same.')
  password2!: string;
}
