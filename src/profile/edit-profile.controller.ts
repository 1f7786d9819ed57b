import { Controller, Get, Injectable, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { signedInUser } from '../auth/signed-in-user';
import { Form, FormPage, PostedForm } from '@microblog/forms';
import { showFormWithDraft } from '../auth/draft';
import { Redirect, View } from '../rendering/reply';
import { UsersService } from '../users/users.service';
import { EditProfileDto } from './edit-profile.dto';

@Injectable()
export class EditProfilePage implements FormPage<EditProfileDto, View> {
  readonly path = '/edit_profile';
  readonly dto = EditProfileDto;

  create(request: Request): EditProfileDto {
    const { username, aboutMe } = signedInUser(request);
    return Object.assign(new EditProfileDto(username), { username, about_me: aboutMe });
  }

  view(form: Form<EditProfileDto>): View {
    return new View('edit_profile', { form });
  }
}

@Controller('edit_profile')
export class EditProfileController {
  constructor(
    private readonly page: EditProfilePage,
    private readonly users: UsersService,
  ) {}

  @Get()
  show(@Req() request: Request): Promise<View> {
    return showFormWithDraft(this.page, request);
  }

  @Post()
  async save(
    @PostedForm(EditProfilePage) { username, about_me }: EditProfileDto,
    @Req() request: Request,
  ): Promise<Redirect> {
    await this.users.editProfile(signedInUser(request), { username, aboutMe: about_me });
    return new Redirect('/edit_profile').withFlash('Your changes have been saved.');
  }
}
