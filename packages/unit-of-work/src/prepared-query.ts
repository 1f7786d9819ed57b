import { Driver, ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import { DriverUtils } from 'typeorm/driver/DriverUtils';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import type { EntityMetadata } from 'typeorm/metadata/EntityMetadata';

/** An entity in each row: its columns by the names that they have in the row. */
interface Selection {
  readonly metadata: EntityMetadata;
  readonly columns: readonly (readonly [alias: string, column: ColumnMetadata])[];
  /** The property of the main entity that holds this one; undefined for the main entity itself. */
  readonly property?: string;
}

interface Plan {
  readonly sql: string;
  /** The names of the parameters, in the order in which the SQL takes their values. */
  readonly parameters: readonly string[];
  readonly selections: readonly Selection[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * A query whose SQL is built once and then only run: TypeORM builds it anew each time, and takes four to thirty times as long as the
 * database. The query selects an entity, and relations of it to one other with `innerJoinAndSelect()`, or some of their columns with
 * `addSelect()`; other joins throw when the query is first run. Listeners and subscribers for `afterLoad` are not called. Like its
 * repository, it joins the unit of work that it is run in.
 *
 * ```ts
 * const bySender = new PreparedQuery(mails, ['sender'], 'mail', (builder) =>
 *   builder.where('mail.sender = :sender').orderBy('mail.id').limit(10));
 * const found = await bySender.all({ sender: 'susan@example.com' });
 * ```
 */
export class PreparedQuery<Entity extends ObjectLiteral, Name extends string> {
  private plan?: Plan;

  /**
   * @param names of the parameters; none may be a list
   * @param build is called once, with a builder that has no values
   */
  constructor(
    private readonly repository: Repository<Entity>,
    private readonly names: readonly Name[],
    private readonly alias: string,
    private readonly build: (builder: SelectQueryBuilder<Entity>) => SelectQueryBuilder<Entity>,
  ) {}

  async all(values: Readonly<Record<Name, unknown>>): Promise<Entity[]> {
    const { sql, parameters, selections } = (this.plan ??= this.makePlan());
    const { driver } = this.repository.manager.dataSource;
    const list = parameters.map((name) => toDatabase(driver, values[name as Name]));
    const rows = await this.repository.manager.query<Row[]>(sql, list);
    return rows.map((row) => entityOf(row, selections, driver) as Entity);
  }

  /** The first that is found, or null. */
  async one(values: Readonly<Record<Name, unknown>>): Promise<Entity | null> {
    const [first] = await this.all(values);
    return first ?? null;
  }

  private makePlan(): Plan {
    const { alias, names, repository } = this;
    const builder = this.build(repository.createQueryBuilder(alias));
    // Each in the place of its value, which tells where that goes.
    const [sql, places] = builder
      .setParameters(Object.fromEntries(names.map((name) => [name, `value of ${name}`])))
      .getQueryAndParameters();
    const parameters = places.map((place) => String(place).slice('value of '.length));
    return { sql, parameters, selections: selectionsOf(builder) };
  }
}

/** @throws Error where the query selects what a row cannot hold one of */
function selectionsOf({ expressionMap, dataSource }: SelectQueryBuilder<ObjectLiteral>): Selection[] {
  const { driver } = dataSource;
  const isNamed = (selection: string) =>
    expressionMap.selects.some((select) => select.selection === selection);
  const select = (alias: string, metadata: EntityMetadata, property?: string): Selection => ({
    metadata,
    property,
    columns: metadata.columns
      .filter(
        ({ isSelect, propertyPath }) => (isSelect && isNamed(alias)) || isNamed(`${alias}.${propertyPath}`),
      )
      .map((column) => [DriverUtils.buildAlias(driver, undefined, alias, column.databaseName), column]),
  });
  const main = expressionMap.mainAlias;
  if (!main) throw new Error('A prepared query selects from an entity');
  const joined = expressionMap.joinAttributes
    .filter(({ isSelected }) => isSelected)
    .map(({ alias, metadata, relation, direction, parentAlias }) => {
      const isToOne = relation && (relation.isManyToOne || relation.isOneToOne);
      if (!metadata || !isToOne || parentAlias !== main.name || direction !== 'INNER')
        throw new Error(
          `A prepared query cannot select ${alias.name}: only inner joins of the entity to one other`,
        );
      return select(alias.name, metadata, relation.propertyName);
    });
  return [select(main.name, main.metadata), ...joined];
}

function entityOf(row: Row, selections: readonly Selection[], driver: Driver): ObjectLiteral {
  let main: ObjectLiteral = {};
  for (const { metadata, columns, property } of selections) {
    const entity = metadata.create(undefined, { fromDeserializer: true }) as ObjectLiteral;
    for (const [alias, column] of columns) {
      const value: unknown = driver.prepareHydratedValue(row[alias], column);
      // Without one TypeORM leaves the property null as well.
      column.setEntityValue(entity, value === undefined ? null : value);
    }
    if (property === undefined) main = entity;
    else main[property] = entity;
  }
  return main;
}

/** The value as the driver passes it, such as a date in UTC. */
function toDatabase(driver: Driver, value: unknown): unknown {
  if (!(value instanceof Date) && typeof value !== 'boolean') return value;
  const [, [passed]] = driver.escapeQueryWithParameters(':value', { value }) as [string, unknown[]];
  return passed;
}
