/**
 * Forms for server-rendered NestJS applications: one declaration is the check, the HTML and the message.
 *
 *     export class InviteDto {                                            // invite.dto.ts
 *       @EmailField('Email', { help: 'We write once.' }) @DataRequired() @Email() @Validate(IsNotInvited)
 *       email!: string;
 *
 *       @IntegerField('Guests') @Optional() @NumberRange({ min: 1, max: 8 })
 *       guests!: number | null;
 *
 *       validate_guests({ data }: FormField) { if (data === 7) throw new ValidationError('Make it eight.'); }
 *     }
 *
 *     @Injectable()                                                       // invite.controller.ts
 *     export class InvitePage implements FormPage<InviteDto> {
 *       readonly path = '/invite';
 *       readonly dto = InviteDto;
 *       create = () => new InviteDto();                                   // with what only the server knows
 *       view = (form: Form<InviteDto>) => new View('invite', { form });   // and whatever else is on the page
 *     }
 *
 *     @Get('invite') show(@Req() request: Request) { return showForm(this.page, request); }
 *     @Post('invite') async send(@PostedForm(InvitePage) { email, guests }: InviteDto) { … }
 *
 *     <form method="post">{{> csrf}} {{> form_errors}}                    {{!-- views/invite.hbs --}}
 *       {{> field form.email placeholder="susan@example.com"}} {{> field form.guests}} <button>Send</button>
 *     </form>
 */
export { BooleanField } from './fields/boolean-field';
export { RadioField, SelectField, SelectMultipleField } from './fields/choice-fields';
export { DateField, DateTimeLocalField, TimeField } from './fields/date-fields';
export { Field } from './fields/field.decorator';
export type { FieldDeclaration, FieldOptions } from './fields/field.decorator';
export type { Choice, FieldKind } from './fields/field-kind';
export type { Flags } from './fields/flags';
export { DecimalField, DecimalRangeField, IntegerField, IntegerRangeField } from './fields/number-fields';
export {
  EmailField,
  FileField,
  HiddenField,
  PasswordField,
  SearchField,
  StringField,
  TelField,
  TextAreaField,
  URLField,
} from './fields/text-fields';
export { bodyParsers } from './body-parsers';
export { fillForm } from './fill-form';
export { Form } from './form';
export { CookiesNeeded, ExpiredForm, FieldError, InvalidForm } from './form-errors';
export { draftOwner, forgetDraft } from './draft';
export { FormField } from './form-field';
export type { FormPage } from './form-page';
export { FormPageGuard } from './form-page.guard';
export { CHECK_SURROUNDINGS, FormValidator } from './form-validator';
export type { CheckSurroundings, ExtraValidators } from './form-validator';
export { FormsModule } from './forms.module';
export { PostedForm } from './posted-form.decorator';
export { showForm } from './show-form';
export type { FieldValidator } from './validation/field-validator';
export { StopValidation, ValidationError } from './validation/validation-errors';
export { AnyOf, NoneOf } from './validators/any-of';
export { CharacterLimit, codePointsFor, countCharacters } from './validators/character-limit';
export { DataRequired } from './validators/data-required';
export { DateRange } from './validators/date-range';
export { Disabled } from './validators/disabled';
export { Email, isEmailAddress } from './validators/email';
export { EqualTo } from './validators/equal-to';
export { InputRequired } from './validators/input-required';
export { IPAddress } from './validators/ip-address';
export { Length } from './validators/length';
export { MacAddress } from './validators/mac-address';
export { NumberRange } from './validators/number-range';
export { Optional } from './validators/optional';
export { ReadOnly } from './validators/read-only';
export { Regexp } from './validators/regexp';
export { URL } from './validators/url';
export { UUID } from './validators/uuid';
export { ValidateWith } from './validators/validate-with';
export { createValidator } from './validators/validator';
export type { ValidatorDefinition } from './validators/validator';
export { Validators } from './validators/validators';
