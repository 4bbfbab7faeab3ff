/** The tables of an org; every change goes through the journal. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Row } from '../org-types.ts';
import { Table } from '../table/table.ts';
import { Journal } from './journal.ts';

/**
 * Rows of these objects number in the millions: they carry only the cells they are given, an
 * absent cell reads as null.
 */
const SPARSE = new Set([
  'OpportunityHistory',
  'OpportunityFieldHistory',
  'AccountHistory',
  'ContactHistory',
  'LeadHistory',
  'FieldPermissions',
]);

/** Cells a row stores; formulas and compound addresses are computed when read. */
function stored(field: FieldDefinition): boolean {
  return (
    field.type !== 'address' &&
    field.type !== 'location' &&
    (field.calculated !== true || field.rollup !== undefined)
  );
}

export class Storage {
  readonly journal = new Journal();
  readonly #tables = new Map<string, Table>();
  readonly #templates = new Map<string, Row>();
  /** Counts changes by object, for what is derived from rows. */
  readonly #versions = new Map<string, number>();

  table(object: ObjectDefinition): Table {
    let table = this.#tables.get(object.name);
    if (!table) {
      table = new Table(object.name);
      this.#tables.set(object.name, table);
      for (const field of object.fields) this.declareIndexes(object, field);
    }
    return table;
  }

  /** What Salesforce indexes: keys, external ids, stamps; and the dates that reports range over. */
  declareIndexes(object: ObjectDefinition, field: FieldDefinition): void {
    const table = this.table(object);
    if (field.type === 'reference') table.declareHash(field.name);
    else if (field.externalId || field.unique || field.idLookup) {
      if (field.type !== 'id') table.declareHash(field.name, field.caseSensitive !== true);
    } else if (
      field.name === 'CreatedDate' ||
      field.name === 'SystemModstamp' ||
      field.name === 'LastModifiedDate' ||
      field.type === 'date'
    )
      table.declareOrdered(field.name);
    this.#templates.delete(object.name);
  }

  dropField(object: ObjectDefinition, name: string): void {
    this.table(object).dropIndexes(name);
    this.#templates.delete(object.name);
  }

  /** A new row with every stored cell in the same order, so that a million rows share one shape. */
  blank(object: ObjectDefinition): Row {
    let template = this.#templates.get(object.name);
    if (!template) {
      const cells: [string, Row[string]][] = [['Id', '']];
      const sparse = SPARSE.has(object.name);
      for (const field of object.fields)
        if (field.name !== 'Id' && (sparse ? field.name === 'IsDeleted' : stored(field)))
          cells.push([field.name, field.type === 'boolean' ? false : null]);
      // Made in one go: an object grown key by key becomes a dictionary, whose copies
      // take twenty times the time.
      template = Object.fromEntries(cells);
      this.#templates.set(object.name, template);
    }
    return { ...template };
  }

  insert(object: ObjectDefinition, row: Row): void {
    const table = this.table(object);
    table.insert(row);
    this.#moved(object);
    if (this.journal.open)
      this.journal.note(() => {
        table.purge(row['Id'] as string);
        this.#moved(object);
      });
  }

  patch(object: ObjectDefinition, row: Row, changes: Row): void {
    const table = this.table(object);
    const before = table.patch(row, changes);
    this.#moved(object);
    if (this.journal.open)
      this.journal.note(() => {
        table.patch(row, before);
        this.#moved(object);
      });
  }

  purge(object: ObjectDefinition, id: string): void {
    const table = this.table(object);
    const row = table.purge(id);
    this.#moved(object);
    if (row && this.journal.open)
      this.journal.note(() => {
        table.insert(row);
        this.#moved(object);
      });
  }

  version(object: string): number {
    return this.#versions.get(object) ?? 0;
  }

  #moved(object: ObjectDefinition): void {
    this.#versions.set(object.name, (this.#versions.get(object.name) ?? 0) + 1);
  }
}
