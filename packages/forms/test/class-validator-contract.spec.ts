import { Injectable } from '@nestjs/common';
import { INJECTABLE_WATERMARK } from '@nestjs/common/constants';
import {
  IsOptional,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidationTypes,
  ValidatorConstraint,
  getMetadataStorage,
} from 'class-validator';

@ValidatorConstraint({ name: 'always' })
class Always {
  validate(): boolean {
    return true;
  }
}

class ExampleDto {
  @MinLength(3, { message: 'Too short', context: { from: 'here' }, validateIf: () => true, each: true })
  list!: string[];

  @IsOptional()
  @ValidateIf(() => true)
  maybe?: string;

  @ValidateNested()
  nested!: object;

  @Validate(Always)
  own!: string;
}

/** What this package relies on in class-validator and NestJS that neither promises. Each sentence says what a release that breaks it has changed. */
describe('class-validator', () => {
  const storage = getMetadataStorage();
  const rules = storage.getTargetValidationMetadatas(ExampleDto, ExampleDto.name, false, false);
  const of = (property: string) => rules.filter(({ propertyName }) => propertyName === property);

  it('finds the rules of a class by its constructor', () => {
    expect(rules.map(({ target }) => target)).toEqual(rules.map(() => ExampleDto));
    expect(new Set(rules.map(({ propertyName }) => propertyName))).toEqual(
      new Set(['list', 'maybe', 'nested', 'own']),
    );
  });

  it('keeps the options of a rule in its metadata', () => {
    expect(of('list')).toEqual([
      expect.objectContaining({
        name: 'minLength',
        constraints: [3],
        message: 'Too short',
        context: { from: 'here' },
        each: true,
        validateIf: expect.any(Function) as unknown,
      }),
    ]);
  });

  it('tells conditions and nested objects from other rules by their type', () => {
    expect(of('maybe').map(({ type, name }) => [type, name])).toEqual(
      expect.arrayContaining([[ValidationTypes.CONDITIONAL_VALIDATION, 'isOptional']]),
    );
    expect(of('nested').map(({ type }) => type)).toEqual([ValidationTypes.NESTED_VALIDATION]);
  });

  it('finds the constraint of a rule by its class, and makes one instance of that', () => {
    const [{ constraintCls } = { constraintCls: Always }] = of('own');
    expect(constraintCls).toBe(Always);
    const [constraint] = storage.getTargetValidatorConstraints(constraintCls);
    expect(constraint?.target).toBe(Always);
    expect(constraint?.instance).toBeInstanceOf(Always);
    expect(constraint?.instance).toBe(constraint?.instance);
  });
});

describe('NestJS', () => {
  it('marks injectable classes with INJECTABLE_WATERMARK', () => {
    @Injectable()
    class Marked {}
    expect(Reflect.getMetadata(INJECTABLE_WATERMARK, Marked)).toBe(true);
    expect(Reflect.getMetadata(INJECTABLE_WATERMARK, Always)).toBeUndefined();
  });
});
