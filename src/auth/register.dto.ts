import { Validate } from 'class-validator';
import { EqualTo } from '../forms/equal-to.decorator';
import { Field } from '../forms/field.decorator';
import { IsEmailAddress } from '../users/is-email-address.decorator';
import { IsEmailAvailable } from '../users/is-email-available';
import { IsUsernameAvailable } from '../users/is-username-available';
import { IsUsername } from '../users/is-username.decorator';
import { IsPassword } from './is-password.decorator';

export class RegisterDto {
  @Field({
    label: 'Username',
    help: 'Letters, digits, dots, dashes and underscores.',
    attributes: { autocomplete: 'username', maxlength: 64, required: true, autofocus: true },
  })
  @IsUsername()
  @Validate(IsUsernameAvailable)
  username!: string;

  @Field({ label: 'Email', type: 'email', attributes: { autocomplete: 'email', required: true } })
  @IsEmailAddress()
  @Validate(IsEmailAvailable)
  email!: string;

  @Field({
    label: 'Password',
    type: 'password',
    help: 'At least 8 characters.',
    attributes: { autocomplete: 'new-password', required: true },
  })
  @IsPassword()
  password!: string;

  @Field({
    label: 'Repeat password',
    type: 'password',
    attributes: { autocomplete: 'new-password', required: true },
  })
  @EqualTo('password', 'The two passwords are not the same.')
  password2!: string;
}
