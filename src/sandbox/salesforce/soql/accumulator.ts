/**
 * COUNT, COUNT_DISTINCT, SUM, AVG, MIN, MAX over the cells of a group; empty cells are left out.
 */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell } from '../org-types.ts';
import { compareCells } from '../table/sort-rows.ts';
import { kindOf } from './literal.ts';
import type { Clause, Statement } from './statement.ts';

const NAMES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/**
 * A double carries 15 sure digits; the rest of a sum is rounding noise that decimal
 * arithmetic would not show.
 */
const SURE_DIGITS = 15;

/** Upper-case name of an aggregate function, or null. */
export function aggregateName(name: string): string | null {
  const upper = name.toUpperCase();
  return NAMES.includes(upper) ? upper : null;
}

/** Throws OrgFault MALFORMED_QUERY: "field Name does not support aggregate operator SUM". */
export function checkAggregate(
  name: string,
  field: FieldDefinition,
  path: string,
  statement: Statement,
  clause: Clause,
): void {
  const kind = kindOf(field.type);
  const isLongText = field.type === 'textarea' || kind === 'multipicklist' || kind === 'none';
  const isAllowed =
    name === 'SUM' || name === 'AVG'
      ? kind === 'number'
      : name === 'COUNT'
        ? kind !== 'none'
        : name === 'COUNT_DISTINCT'
          ? !isLongText
          : !isLongText && kind !== 'boolean';
  if (!isAllowed || (field.encryption === 'probabilistic' && name !== 'COUNT'))
    throw statement.fault(
      'MALFORMED_QUERY',
      `field ${field.name} does not support aggregate operator ${name}`,
      path,
      clause,
    );
}

export class Accumulator {
  readonly #name: string;
  #count = 0;
  #sum = 0;
  #extreme: Cell = null;
  #distinct: Set<Cell> | null = null;

  constructor(name: string) {
    this.#name = name;
    if (name === 'COUNT_DISTINCT') this.#distinct = new Set();
  }

  add(cell: Cell): void {
    if (cell === null) return;
    this.#count++;
    this.#distinct?.add(cell);
    if (this.#name === 'SUM' || this.#name === 'AVG') this.#sum += Number(cell);
    if (
      this.#extreme === null ||
      (this.#name === 'MIN'
        ? compareCells(cell, this.#extreme) < 0
        : this.#name === 'MAX' && compareCells(cell, this.#extreme) > 0)
    )
      this.#extreme = cell;
  }

  result(): Cell {
    switch (this.#name) {
      case 'COUNT':
        return this.#count;
      case 'COUNT_DISTINCT':
        return this.#distinct?.size ?? 0;
      case 'SUM':
        return this.#count === 0 ? null : Number(this.#sum.toPrecision(SURE_DIGITS));
      case 'AVG':
        return this.#count === 0
          ? null
          : Number((this.#sum / this.#count).toPrecision(SURE_DIGITS));
      default:
        return this.#extreme;
    }
  }
}
