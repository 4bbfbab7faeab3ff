/**
 * The SELECT list of a row query as nested record shapes, filled in lazily one record at a time.
 */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, QueriedRecord, QueriedValue, QueryColumn, Row } from '../org-types.ts';
import type { Found, Parent } from './scope.ts';

/** One output value: `from` is the record that holds it. */
export interface Output {
  name: string;
  type: string;
  value(from: Found): QueriedValue;
  children?: QueryColumn[];
}

/** Outputs of one record level; parents are levels of their own, in the order of first mention. */
export class Shape {
  readonly #outputs: Output[] = [];
  readonly #parents = new Map<string, { shape: Shape; parent: Parent }>();

  add(output: Output): void {
    this.#outputs.push(output);
  }

  has(name: string): boolean {
    return this.#outputs.some((output) => output.name.toLowerCase() === name.toLowerCase());
  }

  /** The level of a parent one hop away; `parent` must be resolved from this level's own object. */
  under(name: string, parent: Parent): Shape {
    let known = this.#parents.get(name);
    if (known === undefined) {
      const shape = new Shape();
      known = { shape, parent };
      this.#parents.set(name, known);
      this.#outputs.push({
        name,
        type: '',
        value: (from) => {
          const found = parent.follow(from.row);
          return found === null ? null : shape.record(found);
        },
      });
    }
    return known.shape;
  }

  record(from: Found): QueriedRecord {
    return {
      type: from.object.name,
      id: typeof from.row['Id'] === 'string' ? from.row['Id'] : null,
      values: this.#outputs.map((output) => [output.name, output.value(from)]),
    };
  }

  columns(prefix = ''): QueryColumn[] {
    return this.#outputs.flatMap((output) => {
      const parent = this.#parents.get(output.name);
      if (parent !== undefined) return parent.shape.columns(`${prefix}${output.name}.`);
      return [
        {
          name: prefix + output.name,
          type: output.type,
          aggregate: false,
          ...(output.children === undefined ? {} : { children: output.children }),
        },
      ];
    });
  }
}

/** Component name inside a compound value: `BillingCity` of `BillingAddress` is `city`. */
function componentKey(compound: string, component: string): string {
  const stem = compound.replace(/(?:Address|__c)$/, '');
  const rest = (component.startsWith(stem) ? component.slice(stem.length) : component)
    .replace(/^__/, '')
    .replace(/__s$/, '');
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}

/**
 * The object value of an address or location field, from its component
 * cells; null when all are empty.
 */
export function compoundValue(
  field: FieldDefinition,
  row: Row,
  visible: readonly FieldDefinition[],
): QueriedValue {
  const address: Record<string, Cell> = {};
  let isEmpty = true;
  for (const component of visible) {
    if (component.compoundFieldName !== field.name || component.name === field.name) continue;
    const cell = row[component.name] ?? null;
    address[componentKey(field.name, component.name)] = cell;
    isEmpty &&= cell === null;
  }
  return isEmpty ? null : { address };
}
