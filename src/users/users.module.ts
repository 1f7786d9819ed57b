import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IsEmailAvailable } from './is-email-available';
import { IsUsernameAvailable } from './is-username-available';
import { User } from './user.entity';
import { UsersService } from './users.service';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersService, IsUsernameAvailable, IsEmailAvailable],
  exports: [UsersService],
})
export class UsersModule {}
