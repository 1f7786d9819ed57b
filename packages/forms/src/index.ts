/** See README.md for a whole form, and for what each export is. */
export { BooleanField } from './fields/boolean-field';
export { ButtonField, SubmitField } from './fields/button-fields';
export { HoneypotField } from './fields/honeypot-field';
export { RadioField, SelectField, SelectMultipleField } from './fields/choice-fields';
export { DateField, DateTimeLocalField, MonthField, TimeField, WeekField } from './fields/date-fields';
export { FieldList, FormField } from './fields/nested-fields';
export type { FieldListOptions } from './fields/nested-fields';
export { FileField, MultipleFileField } from './fields/file-fields';
export { Field, fieldsOf } from './fields/field.decorator';
export type { FieldDeclaration, FieldOptions } from './fields/field.decorator';
export type { Choice, FieldContent, FieldType } from './fields/field-type';
export type { BesideField, FieldDecorator } from './fields/typed-decorator';
export type { Flags } from './fields/flags';
export { onSecretField } from './fields/secret-fields';
export {
  DecimalField,
  DecimalRangeField,
  FloatField,
  IntegerField,
  IntegerRangeField,
} from './fields/number-fields';
export {
  ColorField,
  EmailField,
  HiddenField,
  PasswordField,
  SearchField,
  StringField,
  TelField,
  TextAreaField,
  URLField,
} from './fields/text-fields';
export { bodyParsers, readBodyAllTheSame } from './body-parsers';
export type { BodyParserOptions } from './body-parsers';
export { BodySizeGuard } from './body-size.guard';
export { checkForm } from './check-form';
export type { CheckOptions } from './check-form';
export { draftOf } from './draft-of';
export type { FieldName } from './field-name';
export { fillForm } from './fill-form';
export { Form, formOf } from './form';
export { ExpiredFormError, FieldError, InvalidFormError, ResizedFormError } from './exceptions';
export { FieldOption, BoundField } from './field';
export { DeclaredFormPage, FormPage, newDto } from './page';
export { FormPageGuard } from './page.guard';
export { FormValidator } from './form-validator';
export { FormInterceptor } from './form.interceptor';
export type { ExtraValidators } from './form-validator';
export { FormsModule } from './forms.module';
export type { FormsOptions } from './forms.module-definition';
export { formPartials, registerForms } from './handlebars';
export type { FormPartial } from './handlebars';
export { renderErrorSummary, renderField, renderFields, renderFormErrors } from './field-html';
export { PostedFormPage, postedFormPage, resolveFormPage } from './posted-form-page';
export { PostedForm, formPageOf } from './posted-form.decorator';
export { Draft, showForm } from './show-form';
export type { Catalogue, PluralText } from './translations/catalogue';
export { localeOf } from './translations/form-language';
export type { Language, Translate, TranslationContext } from './translations/language';
export { languageOfRequest } from './translations/languages';
export { Message } from './translations/message';
export type { MessageParameters, Translatable } from './translations/message';
export { MESSAGES } from './translations/messages';
export type { MessageText } from './translations/messages';
export { BrokenUploadError, UploadTooLargeError } from './uploads/upload-errors';
export { MultipartGuard } from './uploads/multipart.guard';
export { UploadedFile } from './uploads/uploaded-file';
export type { UploadedFileFacts } from './uploads/uploaded-file';
export type { UploadLimits, UploadOptions } from './uploads/upload-options';
export { UploadsModule } from './uploads/uploads.module';
export { FormDeclarationError } from './validation/form-declaration.error';
export type { FieldValidator } from './validation/field-validator';
export { StopValidation, ValidationError } from './validation/validation-errors';
export { AnyOf, NoneOf } from './validators/any-of';
export { CharacterLimit, codePointsFor, countCharacters } from './validators/character-limit';
export { DataRequired } from './validators/data-required';
export { DateRange } from './validators/date-range';
export { Disabled } from './validators/disabled';
export { Email, isEmailAddress } from './validators/email';
export { EqualTo } from './validators/equal-to';
export { FileAllowed } from './validators/file-allowed';
export { FileRequired } from './validators/file-required';
export { FileSize } from './validators/file-size';
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
export { Validators } from './validators/combine-validators';
