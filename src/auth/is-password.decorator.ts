import { TextLength } from '../forms/length.decorator';

/** A password that someone chooses: 8 to 128 characters, any of them. */
export function IsPassword(): PropertyDecorator {
  return TextLength(8, 128);
}
