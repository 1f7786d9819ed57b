import { Injectable } from '@nestjs/common';
import { ValidatorConstraint, ValidatorConstraintInterface } from 'class-validator';
import { EMAIL_TAKEN, UsersService } from './users.service';

/** Nobody has registered with the address yet. */
@ValidatorConstraint({ async: true })
@Injectable()
export class IsEmailAvailable implements ValidatorConstraintInterface {
  constructor(private readonly users: UsersService) {}

  async validate(email: string): Promise<boolean> {
    return !(await this.users.hasEmail(email));
  }

  defaultMessage(): string {
    return EMAIL_TAKEN;
  }
}
