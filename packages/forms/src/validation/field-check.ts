import {
  ValidationArguments,
  ValidationError as NestedError,
  ValidatorConstraintInterface,
  validate,
} from 'class-validator';
import type { ConstraintMetadata } from 'class-validator/types/metadata/ConstraintMetadata';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { isDeepStrictEqual } from 'node:util';
import type { Form } from '../form';
import { longestInBrowser } from '../fields/text-attributes';
import { FieldValidator, callValidator, isAsyncFunction } from './field-validator';
import { Message, type Translatable } from '../translations/message';
import { messageOf } from './message';
import { StopValidation, ValidationError } from './validation-errors';
import { constraintsOf, isOptionalCondition } from './declared-rules';
import { SchemaValidator, PropertySchema } from './property-schema';

/** Finds the object that a validator class is run on. */
export type FindConstraint = (constraint: ConstraintMetadata) => ValidatorConstraintInterface;

/** The checks of one property of a form, first those that need not wait, then the others. */
export class FieldCheck {
  /** What was said of a property that is no field. */
  private readonly formMessages: string[] = [];
  private isStopped = false;
  private isSkipped = false;

  constructor(
    private readonly form: Form<object>,
    private readonly schema: PropertySchema,
    /** Validators for this request alone. */
    private readonly extra: readonly FieldValidator[],
    private readonly findConstraint: FindConstraint,
    /** The field that the schema is for, such as an entry of a list; undefined for a property that is no field. */
    private readonly field = form.fieldNamed(schema.name),
  ) {}

  /** Whether there is anything left to wait for: nothing is asked about a field that is wrong already. */
  get isUnfinished(): boolean {
    if (this.isStopped || this.isSkipped || (this.field?.errors.length ?? 0) > 0) return false;
    return (
      this.schema.nested.length > 0 ||
      this.schema.validators.some(isAsync) ||
      this.functions.some(isAsyncFunction)
    );
  }

  async runSync(): Promise<void> {
    const { field } = this;
    const kind = field?.isUnchecked ? undefined : field?.declaration.kind;
    if (field) {
      this.catch(() => {
        refuseUnstorable(field.data);
        kind?.preValidate?.(field);
      });
    }
    if (!this.isStopped)
      await this.runChain(
        (validator) => !isAsync(validator),
        (check) => !isAsyncFunction(check),
      );
    if (field) this.catch(() => kind?.postValidate?.(field, this.isStopped));
  }

  async runAsync(): Promise<void> {
    if (!this.isUnfinished) return;
    await this.runChain(isAsync, isAsyncFunction);
    for (const { propertyName } of this.schema.nested) await this.validateNested(propertyName);
  }

  private async runChain(
    isDue: (validator: SchemaValidator) => boolean,
    isDueFunction: (check: FieldValidator) => boolean,
  ): Promise<void> {
    if (!this.meetsConditions()) return;
    for (const validator of this.schema.validators) {
      if (this.isStopped) return;
      if (isDue(validator)) await this.runValidator(validator);
    }
    for (const check of this.functions) {
      if (this.isStopped) return;
      const { field } = this;
      if (field && isDueFunction(check)) await this.run(() => callValidator(check, field, this.form));
    }
  }

  private async runValidator({
    metadata,
    constraint,
    flags,
    bail,
    ownMessage,
  }: SchemaValidator): Promise<void> {
    const { value } = this;
    const { data } = this.form;
    if (metadata.validateIf && !metadata.validateIf(data, value)) return;
    const args = this.argumentsFor(metadata, value);
    if (!constraint) {
      if (!holds(metadata, data, value)) this.stop();
      return;
    }
    const instance = this.findConstraint(constraint);
    try {
      if (!this.isTooLong(flags)) {
        const passed = metadata.each ? passesEach(instance, value, args) : instance.validate(value, args);
        // Most need not be waited for, and waiting costs more than most of them.
        if (typeof passed === 'boolean' ? passed : await passed) return;
      }
    } catch (error) {
      this.handleValidationError(error);
      return;
    }
    const isSecret = this.field?.declaration.kind.isSecret ?? false;
    const message = messageOf(
      metadata,
      ownMessage ?? instance.defaultMessage?.bind(instance),
      args,
      isSecret,
    );
    if (bail) this.stop(message);
    else this.addError(message);
  }

  /** Runs a check and hears what it says; whatever else it throws is a fault of its own. */
  private async run(check: () => unknown): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.handleValidationError(error);
    }
  }

  private catch(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.handleValidationError(error);
    }
  }

  private handleValidationError(error: unknown): void {
    if (error instanceof StopValidation) this.stop(error);
    else if (error instanceof ValidationError) this.addError(error);
    else throw error;
  }

  private stop(message?: Translatable): void {
    this.isStopped = true;
    this.clearErrors();
    if (message?.text) this.addError(message);
  }

  private addError(message: string | Translatable): void {
    if (this.field) {
      this.field.addError(message);
      return;
    }
    this.form.addError(undefined, message);
    // As the form says it.
    this.formMessages.push(this.form.errors.at(-1) ?? '');
  }

  private clearErrors(): void {
    this.field?.errors.splice(0);
    for (const message of this.formMessages.splice(0))
      this.form.errors.splice(this.form.errors.indexOf(message), 1);
  }

  /** A browser takes no more than `maxlength`; blanks that are cut off before the text is counted do not go beyond it. */
  private isTooLong({ maxlength }: SchemaValidator['flags']): boolean {
    const sent = this.field?.sent;
    if (typeof maxlength !== 'number' || typeof sent !== 'string') return false;
    return sent.replaceAll('\r\n', '\n').length > longestInBrowser(maxlength);
  }

  /** As class-validator has it: one condition that does not hold, and nothing is checked. */
  private meetsConditions(): boolean {
    const { conditions } = this.schema;
    this.isSkipped = conditions.some(
      (condition) =>
        !holds(condition, this.form.data, this.value) || (isOptionalCondition(condition) && this.isEmpty),
    );
    // What could not be converted stays wrong, unless it was nothing.
    if (this.isSkipped && this.field?.isBlank) this.field.errors.splice(0);
    return !this.isSkipped;
  }

  /** A browser cannot leave a field out: of one that nobody has filled in it sends an empty text. */
  private get isEmpty(): boolean {
    return this.field !== undefined && isDeepStrictEqual(this.value, this.field.declaration.kind.empty);
  }

  private async validateNested(property: string): Promise<void> {
    const { value } = this;
    if (value === undefined) return;
    for (const one of isCollection(value) ? value.values() : [value]) {
      if (typeof one !== 'object' || one === null)
        this.addError(new Message('{property} must be an object.', { property }));
      else {
        await this.run(async () => {
          for (const message of (await validate(one)).flatMap(messagesIn)) this.addError(message);
        });
      }
    }
  }

  private get functions(): readonly FieldValidator[] {
    const { inline, mappedInline } = this.schema;
    const method = inline ? (this.form.data as Record<string, FieldValidator>)[inline] : mappedInline;
    // `bind` keeps the name, and whether it is async is seen from its kind.
    return method ? [...this.extra, method.bind(this.form.data)] : this.extra;
  }

  private get value(): unknown {
    if (this.field) return this.field.data;
    return (this.form.data as Record<string, unknown>)[this.schema.name];
  }

  private argumentsFor(metadata: ValidationMetadata, value: unknown): ValidationArguments {
    const constraints = constraintsOf(metadata);
    const { data } = this.form;
    return {
      value,
      constraints,
      targetName: data.constructor.name,
      object: data,
      property: this.schema.name,
    };
  }
}

/** PostgreSQL stores no NUL, neither database a surrogate without its other half, and some libraries fail over it. */
function refuseUnstorable(data: unknown): void {
  const texts: unknown[] = Array.isArray(data) ? data : [data];
  if (texts.some((text) => typeof text === 'string' && (text.includes('\0') || !text.isWellFormed()))) {
    throw new StopValidation('This field contains characters that cannot be saved.');
  }
}

async function passesEach(
  instance: ValidatorConstraintInterface,
  value: unknown,
  args: ValidationArguments,
): Promise<boolean> {
  if (!isCollection(value)) return instance.validate(value, args);
  for (const one of value.values()) if (!(await instance.validate(one, args))) return false;
  return true;
}

function isCollection(value: unknown): value is unknown[] | Set<unknown> | Map<unknown, unknown> {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

function holds({ constraints }: ValidationMetadata, data: object, value: unknown): boolean {
  const [condition] = constraints as [(object: object, value: unknown) => boolean];
  return condition(data, value);
}

function isAsync({ constraint }: SchemaValidator): boolean {
  return constraint?.async ?? false;
}

function messagesIn({ constraints = {}, children = [] }: NestedError): string[] {
  return [...Object.values(constraints), ...children.flatMap(messagesIn)];
}
