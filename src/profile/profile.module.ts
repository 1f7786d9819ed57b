import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module';
import { UsersModule } from '../users/users.module';
import { AvatarController } from './avatar.controller';
import { EditProfileController } from './edit-profile.controller';
import { ProfileController } from './profile.controller';

@Module({
  imports: [UsersModule, PostsModule],
  controllers: [ProfileController, EditProfileController, AvatarController],
})
export class ProfileModule {}
