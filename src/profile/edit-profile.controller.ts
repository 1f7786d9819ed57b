import { Controller, Get, Injectable, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { signedInUser } from '../auth/signed-in-user';
import { Form } from '../forms/form';
import { FormPage } from '../forms/form-page';
import { PostedForm } from '../forms/form.pipe';
import { Redirect, View } from '../rendering/reply';
import { UsersService } from '../users/users.service';
import { EditProfileDto } from './edit-profile.dto';

@Injectable()
export class EditProfilePage implements FormPage<EditProfileDto> {
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
  show(@Req() request: Request): View {
    return this.page.view(new Form(this.page.create(request)));
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
