/** SELECT items of a row query: columns, FIELDS(), toLabel, convertCurrency, FORMAT, TYPEOF. */
import { inUserCurrency } from './convert-currency.ts';
import type {
  FieldFunctionExpression,
  FieldType as SelectItem,
  FieldTypeOf,
} from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, QueriedValue } from '../org-types.ts';
import { formatted } from './format.ts';
import { isDateFunction } from './functions.ts';
import { Scope } from './scope.ts';
import type { Found, Parent } from './scope.ts';
import { compoundValue, Shape } from './shape.ts';
import type { Output } from './shape.ts';
import { soqlFault } from './statement.ts';

/** Rows a statement with FIELDS(ALL) or FIELDS(CUSTOM) may return (SOQL FIELDS page). */
const MAX_FIELDS_LIMIT = 200;

type Transform = (cell: Cell, from: Found, field: FieldDefinition) => Cell;

function labelled(cell: Cell, _from: Found, field: FieldDefinition): Cell {
  if (typeof cell !== 'string' || field.picklist === undefined) return cell;
  const labels = cell
    .split(';')
    .map((value) => field.picklist?.find((option) => option.value === value)?.label ?? value);
  return field.type === 'multipicklist'
    ? labels.join(';')
    : (field.picklist.find((option) => option.value === cell)?.label ?? cell);
}

/** The outputs of one SELECT list. */
export class Selection {
  readonly shape = new Shape();
  readonly #scope: Scope;
  readonly #limit: number | undefined;

  constructor(scope: Scope, limit: number | undefined) {
    this.#scope = scope;
    this.#limit = limit;
  }

  /** Throws OrgFault: INVALID_FIELD, MALFORMED_QUERY. Subqueries are added by the caller. */
  add(item: SelectItem): void {
    switch (item.type) {
      case 'Field':
        this.#plain(item.field, item.alias);
        return;
      case 'FieldRelationship':
        this.#plain(
          item.rawValue ?? [...item.relationships, item.field].join('.'),
          'alias' in item ? item.alias : undefined,
        );
        return;
      case 'FieldFunctionExpression':
        this.#call(item);
        return;
      case 'FieldTypeof':
        this.#typeOf(item);
        return;
      default:
        throw soqlFault('MALFORMED_QUERY', 'unexpected token: SELECT');
    }
  }

  #plain(path: string, alias?: string): void {
    if (alias !== undefined)
      throw this.#scope.statement.fault(
        'MALFORMED_QUERY',
        'only aggregate expressions use field aliasing',
        alias,
      );
    this.#column(path, undefined, undefined);
  }

  #column(path: string, alias: string | undefined, transform: Transform | undefined): void {
    const column = this.#scope.column(path, 'SELECT');
    const { shape, scope } = this.#levelOf(column.parent.names, path);
    const name = alias ?? column.field.name;
    if (shape.has(name)) throw soqlFault('INVALID_FIELD', `duplicate field selected: ${name}`);
    shape.add(output(name, column.field, scope, transform, this.#scope));
  }

  /**
   * The shape of a parent, each level resolved from the one above; the scope is null where
   * the parent is polymorphic.
   */
  #levelOf(names: string[], path: string): { shape: Shape; scope: Scope | null } {
    let { shape } = this as { shape: Shape };
    let scope: Scope | null = this.#scope;
    for (const name of names) {
      const parent: Parent =
        scope === null ? this.#scope.beyondName(name, path) : scope.parent([name], path, 'SELECT');
      shape = shape.under(name, parent);
      scope =
        parent.object === null
          ? null
          : new Scope(this.#scope.context, this.#scope.statement, parent.object);
    }
    return { shape, scope };
  }

  #call(call: FieldFunctionExpression): void {
    const name = call.functionName.toLowerCase();
    const [parameter] = call.parameters;
    if (name === 'fields') return this.#macro(String(parameter).toUpperCase());
    if (isDateFunction(name))
      throw soqlFault(
        'MALFORMED_QUERY',
        `Field must be grouped or aggregated: ${call.rawValue ?? call.functionName}`,
      );
    const { path, transform } = this.#transform(call);
    this.#column(path, call.alias, transform);
  }

  #transform(call: FieldFunctionExpression): { path: string; transform: Transform } {
    const { context, statement } = this.#scope;
    const [parameter] = call.parameters;
    const inner =
      typeof parameter === 'object'
        ? this.#transform(parameter)
        : { path: parameter ?? '', transform: undefined };
    const before: Transform = inner.transform ?? ((cell) => cell);
    const column = this.#scope.column(inner.path, 'SELECT');
    switch (call.functionName.toLowerCase()) {
      case 'tolabel':
        return { path: inner.path, transform: labelled };
      case 'format': {
        const isConverted = inner.transform !== undefined;
        return {
          path: inner.path,
          transform: (cell, from, field) =>
            formatted(
              before(cell, from, field),
              field,
              isConverted ? context.userCurrency : from.row['CurrencyIsoCode'],
              context,
            ),
        };
      }
      case 'convertcurrency': {
        if (!context.multiCurrency)
          throw statement.fault(
            'MALFORMED_QUERY',
            'convertCurrency is only supported in organizations with multiple currencies enabled',
            call.functionName,
          );
        if (column.field.type !== 'currency')
          throw statement.fault(
            'INVALID_FIELD',
            `field '${column.field.name}' is not a currency field`,
            inner.path,
          );
        return {
          path: inner.path,
          transform: (cell, from) =>
            typeof cell === 'number' ? inUserCurrency(context, cell, from) : cell,
        };
      }
      default:
        throw statement.fault(
          'MALFORMED_QUERY',
          `Function ${call.functionName} is not supported in the SELECT list`,
          call.functionName,
        );
    }
  }

  #macro(which: string): void {
    const { statement, object, context } = this.#scope;
    if (!['ALL', 'STANDARD', 'CUSTOM'].includes(which))
      throw statement.fault('MALFORMED_QUERY', `unexpected token: '${which}'`, which);
    if (which !== 'STANDARD' && (this.#limit === undefined || this.#limit > MAX_FIELDS_LIMIT)) {
      throw soqlFault(
        'MALFORMED_QUERY',
        `The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`,
      );
    }
    for (const field of context.visibleFields(object)) {
      if (which === 'ALL' || field.custom === (which === 'CUSTOM'))
        this.#column(field.name, undefined, undefined);
    }
  }

  #typeOf(item: FieldTypeOf): void {
    const { context, statement } = this.#scope;
    const parent = this.#scope.parent([item.field], item.field, 'SELECT');
    if (parent.object !== null)
      throw statement.fault(
        'MALFORMED_QUERY',
        `TYPEOF can only be used with polymorphic relationships: ${item.field}`,
        item.field,
      );
    const branches = new Map<string, Shape>();
    let otherwise: Shape | null = null;
    for (const { type, objectType, fieldList } of item.conditions) {
      if (type === 'ELSE') {
        otherwise = new Shape();
        for (const name of fieldList)
          otherwise.add(
            output(
              name,
              this.#scope.columnOf(parent, name, name, 'SELECT').field,
              null,
              undefined,
              this.#scope,
            ),
          );
        continue;
      }
      const object = context.object(objectType ?? '');
      if (object === undefined || !(parent.field?.referenceTo ?? []).includes(object.name))
        throw statement.noSuchObject(objectType ?? '');
      const branch = new Selection(new Scope(context, statement, object), undefined);
      for (const name of fieldList) branch.#column(name, undefined, undefined);
      branches.set(object.name, branch.shape);
    }
    const elseShape = otherwise;
    this.shape.add({
      name: parent.names[0] ?? item.field,
      type: '',
      value: ({ row }) => {
        const found = parent.follow(row);
        const shape = found === null ? null : (branches.get(found.object.name) ?? elseShape);
        return found === null || shape === null ? null : shape.record(found);
      },
    });
  }
}

/**
 * `scope` null: the record stands behind a polymorphic relationship, and only
 * Name's fields are read from it.
 */
function output(
  name: string,
  field: FieldDefinition,
  scope: Scope | null,
  transform: Transform | undefined,
  root: Scope,
): Output {
  const { context } = root;
  const read = (from: Found): QueriedValue => {
    if (scope === null) return root.nameCell(from, field.name);
    if (field.type === 'address' || field.type === 'location')
      return compoundValue(field, from.row, context.visibleFields(from.object));
    return context.isComputed(from.object, field)
      ? context.read(from.object, from.row, field.name)
      : (from.row[field.name] ?? null);
  };
  return {
    name,
    type: field.type,
    value: transform === undefined ? read : (from) => transform(read(from) as Cell, from, field),
  };
}
