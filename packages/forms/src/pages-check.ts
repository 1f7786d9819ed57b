import { Injectable, OnApplicationBootstrap, Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModuleRef } from '@nestjs/core';
import { choicesOf } from './fields/choices';
import { FieldDeclaration, fieldsOf } from './fields/field.decorator';
import { DeclaredFormPage } from './page';
import { resolveFormPage } from './posted-form-page';
import { formPageOf, postedTypeOf } from './posted-form.decorator';
import { declaredRules } from './validation/declared-rules';
import { FormDeclarationError } from './validation/form-declaration.error';
import { faultsOf } from './validation/validation-schema';

/** A method of a controller that takes a form. */
interface FormHandler {
  /** The names of class and method. */
  readonly name: string;
  readonly page: DeclaredFormPage;
  /** The type of its parameter, as far as that is known. */
  readonly type: unknown;
}

/** Looks at the declaration of every form that a handler takes before anybody can send one. */
@Injectable()
export class FormPagesCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly moduleRef: ModuleRef,
  ) {}

  /** @throws FormDeclarationError with a line for each fault, which names class and property */
  onApplicationBootstrap(): void {
    const faults = new Set(this.handlers().flatMap((handler) => this.faultsOf(handler)));
    if (faults.size > 0) throw new FormDeclarationError([...faults]);
  }

  private handlers(): FormHandler[] {
    return this.discovery.getControllers().flatMap(({ metatype: controller }) => {
      const { prototype = {} } = (controller ?? {}) as { prototype?: Record<string, object> };
      return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
        const page = formPageOf(prototype[method] ?? {});
        const type = postedTypeOf(prototype, method);
        return page ? [{ name: `${controller?.name}.${method}`, page, type }] : [];
      });
    });
  }

  private faultsOf({ name: handler, page, type }: FormHandler): string[] {
    const name = typeof page === 'function' ? page.name : `${handler}: the page`;
    let dto: Type | undefined;
    try {
      ({ dto } = resolveFormPage(page, this.moduleRef) as { dto?: Type });
    } catch {
      return [`${handler}: ${name} is no provider of any module`];
    }
    if (typeof dto !== 'function') return [`${name}.dto: it is no class`];
    if (fieldsOf(dto.prototype as object).size === 0) return [`${name}.dto: ${dto.name} has no fields`];
    return [...typeFaults(handler, dto, type), ...dtoFaults(dto)];
  }
}

/** Those of a DTO, and of the forms in it. */
function dtoFaults(dto: Type, seen = new Set<unknown>()): string[] {
  if (seen.has(dto)) return [`${dto.name}: it is a form in itself, without end`];
  const prototype = dto.prototype as object;
  const fields = fieldsOf(prototype);
  if (fields.size === 0) return [`${dto.name} has no fields`];
  const outer = new Set(seen).add(dto);
  return [
    ...faultsOf(dto),
    ...rulesWithoutField(dto, fields),
    ...[...fields].flatMap(([name, field]) => choiceFaults(field, prototype, name)),
    ...[...fields.values()].flatMap(({ nested, list }) => {
      // In a list as well: there is no end to what JSON can nest, but there is one to the stack.
      const inner = nested ?? list?.entry.nested;
      return inner ? dtoFaults(inner, outer) : [];
    }),
  ];
}

/** A parameter may be declared as the DTO, as a class that it extends, or as what is no class, such as an interface. */
function typeFaults(handler: string, dto: Type, type: unknown): string[] {
  if (typeof type !== 'function' || type === dto || dto.prototype instanceof type) return [];
  return [`${handler}: its parameter is declared as ${type.name}, but the DTO of its page is ${dto.name}`];
}

/** They would refuse whatever is sent, for a value that nobody can send. */
function rulesWithoutField(dto: Type, fields: ReadonlyMap<string, unknown>): string[] {
  const checked = new Set(declaredRules(dto.prototype as object).map(({ propertyName }) => propertyName));
  return [...checked]
    .filter((name) => !fields.has(name))
    .map((name) => `${dto.name}.${name}: it has a validator, but is no field`);
}

/** Choices that depend on the DTO of a request cannot be tried yet, and those that throw may need a request as well. */
function choiceFaults(field: FieldDeclaration, prototype: object, name: string): readonly string[] {
  if (field.choices?.length !== 0) return [];
  try {
    choicesOf(field, prototype, name);
    return [];
  } catch (error) {
    return error instanceof FormDeclarationError ? error.faults : [];
  }
}
