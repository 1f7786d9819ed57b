import { Controller, Injectable, Post, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Exclude, Expose, Transform, Type as TypeOf } from 'class-transformer';
import { IsString } from 'class-validator';
import {
  Choice,
  DateField,
  EqualTo,
  FieldList,
  FormDeclarationError,
  FormField,
  FormPage,
  FormValidator,
  IntegerField,
  PostedForm,
  RadioField,
  SelectField,
  SelectMultipleField,
  StringField,
  ValidateWith,
} from '.';
import { FormPagesCheck } from './pages-check';

const CHOICE_FIELDS = [SelectField, RadioField, SelectMultipleField];

/** Starts an application with a page for each of these; some may be left out of the providers. */
async function start(dtos: readonly unknown[], { isProvided = true } = {}): Promise<void> {
  const pages: Type<FormPage<object>>[] = [];
  const controllers = dtos.map((dto, index) => {
    @Injectable()
    class ContactPage implements FormPage<object> {
      readonly path = '/contact';
      readonly dto = dto as Type;
      create = () => new this.dto() as object;
      view = () => {
        throw new Error('never shown');
      };
    }
    @Controller(`contact/${index}`)
    class ContactController {
      @Post()
      send(@PostedForm(ContactPage) data: object): object {
        return data;
      }
    }
    pages.push(ContactPage);
    return ContactController;
  });
  await startWith(controllers, isProvided ? pages : []);
}

async function startWith(controllers: Type[], pages: Type[]): Promise<void> {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    controllers,
    providers: [FormPagesCheck, FormValidator, ...pages],
  }).compile();
  await module.init();
  await module.close();
}

const refusal = (
  dtos: readonly unknown[],
  options?: Parameters<typeof start>[1],
): Promise<FormDeclarationError> =>
  start(dtos, options).then(
    () => Promise.reject(new Error('It has started')),
    (error: unknown) => error as FormDeclarationError,
  );

describe('An application with forms', () => {
  it('starts where nothing is wrong with them', async () => {
    class ContactDto {
      @StringField('Name') @TypeOf(() => String) @Expose() name!: string;
      @StringField('Again') @EqualTo('name') again!: string;
      @StringField('Note') @Transform(() => '', { toPlainOnly: true }) note!: string;
      @StringField('Code') @Exclude({ toPlainOnly: true }) code!: string;
      @DateField('Day') @TypeOf(() => Date) day!: Date;
      @SelectField('Topic', { choices: () => ['praise', 'blame'] }) topic!: string;
      @SelectField('Person', { choices: (dto: ContactDto) => dto.people }) person!: string;
      @SelectField('Town', { choices: () => townsOfRequest() }) town!: string;
      readonly people = ['susan'];
      validate_name(): void {
        // Everybody may write.
      }
    }
    await expect(start([ContactDto])).resolves.toBeUndefined();
  });

  it('does not start with a form that cannot work, and says where it is wrong, a line for each fault', async () => {
    class RegisterDto {
      @StringField('Name') name!: string;
      @StringField('Password') password!: string;
      @StringField('Repeat') @EqualTo<string>('pasword') password2!: string;
      validate_nmae(): void {
        throw new Error('never called');
      }
      filter_nmae(): never {
        throw new Error('never called');
      }
    }
    class PostDto {
      @StringField('Errors') errors!: string;
      @IsString() note!: string;
      @IntegerField('Count') @StringField('Count') count!: string | number;
      @ValidateWith(() => undefined) body = '';
    }
    const error = await refusal([RegisterDto, PostDto, PostDto]);
    expect(error).toBeInstanceOf(FormDeclarationError);
    expect(error.message.split('\n')).toEqual([
      'RegisterDto has a validator validate_nmae, but no field nmae',
      'RegisterDto has a filter filter_nmae, but no field nmae',
      "RegisterDto.password2: invalid field name 'pasword', RegisterDto has no such field",
      'PostDto.body: it has a validator, but is no field',
      'PostDto.count: it is declared as two fields',
      'PostDto.errors: A form cannot have a field named errors',
      'PostDto.note: it has a validator, but is no field',
    ]);
  });

  it('does not start where a form in a form cannot work', async () => {
    class EmptyDto {
      note?: string;
    }
    class InnerDto {
      @StringField('Errors') errors!: string;
      @FormField(EmptyDto, 'Empty') empty!: EmptyDto;
    }
    class EndlessDto {
      @StringField('Name') name!: string;
    }
    FormField(EndlessDto, 'Again')(EndlessDto.prototype, 'again');
    class TreeDto {
      @StringField('Name') name!: string;
    }
    FieldList(FormField(TreeDto, 'Branch'), 'Branches')(TreeDto.prototype, 'branches');
    class OuterDto {
      @FormField(InnerDto, 'Inner') inner!: InnerDto;
      @FieldList(FormField(EndlessDto, 'Endless'), 'List') list!: EndlessDto[];
      @FormField(TreeDto, 'Tree') tree!: TreeDto;
    }
    expect((await refusal([OuterDto])).message.split('\n')).toEqual([
      'InnerDto.errors: A form cannot have a field named errors',
      'EmptyDto has no fields',
      'EndlessDto: it is a form in itself, without end',
      'TreeDto: it is a form in itself, without end',
    ]);
  });

  it.each([
    ['Exclude', Exclude()],
    ['Exclude', Exclude({ toClassOnly: true })],
    ['Expose', Expose({ name: 'title' })],
    ['Expose', Expose({ groups: ['admin'] })],
  ])('refuses a field with @%s of class-transformer, inherited too', async (name, decorate) => {
    class BaseDto {
      @StringField('Name') name!: string;
    }
    decorate(BaseDto.prototype, 'name');
    class HeirDto extends BaseDto {}
    for (const dto of [BaseDto, HeirDto]) {
      expect((await refusal([dto])).message).toContain(`${dto.name}.name: a form does not apply @${name} of`);
    }
  });

  describe.each(CHOICE_FIELDS)('with a %p', (field) => {
    it.each<[unknown, string]>([
      [undefined, 'must be a list, not undefined'],
      [null, 'must be a list, not null'],
      ['cat', 'must be a list, not string'],
      [{ cat: 'Cat' }, 'must be a list, not object'],
      [Promise.resolve(['cat']), 'must be a list, not a promise'],
      [['cat', undefined], 'choice number 2 has no value'],
      [[{ label: 'Cat' }], 'choice number 1 has no value'],
      [[7], 'choice number 1 has no value'],
    ])('refuses the choices %p, in a function as well', async (choices, fault) => {
      for (const given of [choices, () => choices] as (Choice[] | (() => Choice[]))[]) {
        class PetDto {
          @field('Pet', { choices: given }) pet!: string;
        }
        const { message } = await refusal([PetDto]);
        expect(message).toMatch(/^PetDto\.pet: its /);
        expect(message).toContain(fault);
      }
    });
  });

  it('refuses a handler that declares its form as another class, with a page of a class or not', async () => {
    class PersonDto {
      @StringField('Name') name!: string;
    }
    class ContactDto extends PersonDto {}
    class EventDto extends ContactDto {}
    const page: FormPage<ContactDto> = {
      path: '/contact',
      dto: ContactDto,
      create: () => new ContactDto(),
      view: () => undefined,
    };
    @Injectable()
    class ContactPage implements FormPage<ContactDto> {
      readonly path = '/contact';
      readonly dto = ContactDto;
      create = () => new ContactDto();
      view = () => undefined;
    }
    @Controller()
    class RightController {
      @Post() same(_id: string, @PostedForm(ContactPage) dto: ContactDto): unknown {
        return dto;
      }
      @Post() base(@PostedForm(ContactPage) dto: PersonDto): unknown {
        return dto;
      }
      @Post() shape(@PostedForm(page) dto: Pick<ContactDto, 'name'>): unknown {
        return dto;
      }
      @Post() anything(@PostedForm(page) dto: unknown): unknown {
        return dto;
      }
    }
    @Controller()
    class WrongController {
      @Post() heir(_id: string, @PostedForm(ContactPage) { name }: EventDto): unknown {
        return name;
      }
      @Post() text(@PostedForm(page) dto: string): unknown {
        return dto;
      }
    }
    @Controller()
    class HeirController extends WrongController {}
    await expect(startWith([RightController], [ContactPage])).resolves.toBeUndefined();
    const declared = (name: string, as: string) =>
      `${name}: its parameter is declared as ${as}, but the DTO of its page is ContactDto`;
    await expect(startWith([WrongController, HeirController], [ContactPage])).rejects.toThrow(
      [
        declared('WrongController.heir', 'EventDto'),
        declared('WrongController.text', 'String'),
        declared('HeirController.heir', 'EventDto'),
        declared('HeirController.text', 'String'),
      ].join('\n'),
    );
  });

  it('needs a class with fields, and a page that Nest can find', async () => {
    class EmptyDto {
      name = 'no field';
    }
    expect((await refusal([EmptyDto])).message).toBe('ContactPage.dto: EmptyDto has no fields');
    expect((await refusal([undefined])).message).toBe('ContactPage.dto: it is no class');
    expect((await refusal([EmptyDto], { isProvided: false })).message).toBe(
      'ContactController.send: ContactPage is no provider of any module',
    );
  });
});

/** Knows nothing before there is a request. */
function townsOfRequest(): string[] {
  throw new Error('There is no request');
}
