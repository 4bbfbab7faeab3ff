/** What the evaluator asks of the org on behalf of one querying user. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import type { Table } from '../table/table.ts';

export interface SoqlContext {
  /** Object by API name in any letter case, when this org has it and this user may query it. */
  object(name: string): ObjectDefinition | undefined;
  objects(): readonly ObjectDefinition[];
  /** Object of a record Id, by its key prefix. */
  objectOfId(id: string): ObjectDefinition | undefined;
  table(object: ObjectDefinition): Table;
  /**
   * Fields the user may see; the others behave as absent. Return the same array while nothing
   * changed: look-ups by name are kept for it.
   */
  visibleFields(object: ObjectDefinition): readonly FieldDefinition[];
  /**
   * A cell with formula and calculated fields computed; `field` is canonical. Asked only for
   * fields that `isComputed`, others are read from the row.
   */
  read(object: ObjectDefinition, row: Row, field: string): Cell;
  /** The stored row does not hold this field's value. */
  isComputed(object: ObjectDefinition, field: FieldDefinition): boolean;
  /**
   * Candidates up to which fetching all and sorting beats walking an index in order; set it low to
   * make small tables plan like large ones.
   */
  smallCandidates?: number;
  nowMs: number;
  userId: string;
  /** IANA name of the user's time zone, in which date literals are meant. */
  timeZone: string;
  /** BCP 47 tag for FORMAT(). */
  locale: string;
  /**
   * Month (1 to 12) in which the fiscal year starts; the year is named after its end, as
   * `fiscalYearNamedByEnd` says.
   */
  fiscalYearStartMonth: number;
  fiscalYearNamedByEnd: boolean;
  multiCurrency: boolean;
  /** Currency of the querying user; in a single-currency org, the org's. */
  userCurrency: string;
  /** Units of `isoCode` per unit of the corporate currency; undefined for an unknown code. */
  conversionRate(isoCode: string): number | undefined;
  /** The same on a day, where advanced currency management has dated rates; undefined elsewhere. */
  datedRate?(isoCode: string, day: string): number | undefined;
}
