import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SubmissionKeys } from './submission-keys';
import { SubmissionGuard } from './submission.guard';
import { SubmissionInterceptor } from './submission.interceptor';
import { Submission } from './submission.entity';
import { SubmissionsService } from './submissions.service';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Submission])],
  providers: [SubmissionKeys, SubmissionsService, SubmissionGuard, SubmissionInterceptor],
  exports: [SubmissionKeys, SubmissionsService, SubmissionGuard, SubmissionInterceptor],
})
export class SubmissionsModule {}
