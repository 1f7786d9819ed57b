import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { PostedForm } from '@microblog/forms';
import { showFormWithDraft } from '../auth/draft';
import { signedInUser } from '../auth/signed-in-user';
import { SignedInUser } from '../auth/signed-in-user.decorator';
import { formPage } from '../rendering/form-page';
import { Redirect, View } from '../rendering/reply';
import { User } from '../users/user.entity';
import { UsersService } from '../users/users.service';
import { EditProfileDto } from './edit-profile.dto';

const editProfilePage = formPage({
  path: '/edit_profile',
  dto: EditProfileDto,
  template: 'edit_profile',
  create: (request) => {
    const { username, aboutMe } = signedInUser(request);
    return Object.assign(new EditProfileDto(username), { username, about_me: aboutMe });
  },
});

@Controller(editProfilePage.path)
export class EditProfileController {
  constructor(private readonly users: UsersService) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return showFormWithDraft(editProfilePage, request);
  }

  @Post()
  async save(
    @PostedForm(editProfilePage) { username, about_me }: EditProfileDto,
    @SignedInUser() user: User,
  ): Promise<Redirect> {
    await this.users.editProfile(user, { username, aboutMe: about_me });
    return new Redirect(editProfilePage.path).withFlash('Your changes have been saved.');
  }
}
