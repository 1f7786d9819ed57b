import { Field } from '../forms/field.decorator';
import { TextLength } from '../forms/length.decorator';

export class PostDto {
  @Field({
    label: 'Say something',
    type: 'textarea',
    help: 'Up to 140 characters.',
    attributes: { rows: 3, required: true },
  })
  @TextLength(1, 140)
  body!: string;
}
