import { CustomDecorator, SetMetadata } from '@nestjs/common';

export const PUBLIC = Symbol('public');

/** Opens a route or a controller to people who are not signed in. */
export function Public(): CustomDecorator<symbol> {
  return SetMetadata(PUBLIC, true);
}
