import { DataRequired, Length, TextAreaField } from '../forms';

export class PostDto {
  @TextAreaField('Say something', { help: 'Up to 140 characters.', attributes: { rows: 3 } })
  @DataRequired()
  @Length({ max: 140 })
  body!: string;
}
