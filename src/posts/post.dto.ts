import { CharacterLimit, DataRequired, TextAreaField } from '@microblog/forms';
import { MAX_POST_CHARACTERS } from './post.entity';

export class PostDto {
  @TextAreaField('Say something', {
    help: `Up to ${MAX_POST_CHARACTERS} characters.`,
    attributes: { rows: 3, dir: 'auto' },
  })
  @DataRequired()
  @CharacterLimit(MAX_POST_CHARACTERS)
  body!: string;
}
