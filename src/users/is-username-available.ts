import { Injectable } from '@nestjs/common';
import { ValidationArguments, ValidatorConstraint, ValidatorConstraintInterface } from 'class-validator';
import { USERNAME_TAKEN, UsersService } from './users.service';
import { usernameKey } from './uniqueness';

/** A form in which the person who fills it already has a name. */
export interface HasOriginalUsername {
  readonly originalUsername?: string;
}

/** Nobody has the name yet, or it is the person's own; the database is not asked about a name that stays. */
@ValidatorConstraint({ async: true })
@Injectable()
export class IsUsernameAvailable implements ValidatorConstraintInterface {
  /** Where `public/username-availability.js` asks while somebody types. */
  static readonly flags = { 'data-availability-url': '/username_availability' };

  constructor(private readonly users: UsersService) {}

  async validate(username: string, { object }: ValidationArguments): Promise<boolean> {
    const { originalUsername } = object as HasOriginalUsername;
    if (originalUsername !== undefined && usernameKey(username) === usernameKey(originalUsername))
      return true;
    return !(await this.users.findByUsername(username));
  }

  defaultMessage(): string {
    return USERNAME_TAKEN;
  }
}
