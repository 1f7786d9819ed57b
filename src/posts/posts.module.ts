import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeletedPosts } from './deleted-posts';
import { HomeController, HomePage } from './home.controller';
import { Post } from './post.entity';
import { PostsController } from './posts.controller';
import { PostsService } from './posts.service';

@Module({
  imports: [TypeOrmModule.forFeature([Post])],
  controllers: [HomeController, PostsController],
  providers: [HomePage, PostsService, DeletedPosts],
  exports: [PostsService],
})
export class PostsModule {}
