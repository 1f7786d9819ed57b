import { TextLength } from '../forms/length.decorator';
import { Field } from '../forms/field.decorator';

export class LoginDto {
  @Field({ label: 'Username', attributes: { autocomplete: 'username', required: true, autofocus: true } })
  @TextLength(1, 64)
  username!: string;

  @Field({
    label: 'Password',
    type: 'password',
    attributes: { autocomplete: 'current-password', required: true },
  })
  @TextLength(1, 128)
  password!: string;

  @Field({ label: 'Remember me', type: 'checkbox' })
  remember_me!: boolean;
}
