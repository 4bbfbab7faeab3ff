/**
 * A second, slow reading of SOQL's meaning, over conditions that the test builds itself: no parser,
 * no index, no code of the evaluator.
 */
export type Value = string | number | boolean | null;
export type Item = Record<string, Value>;

export type Test =
  | {
      kind: 'compare';
      path: string;
      operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      literal: string;
      value: Value;
    }
  | { kind: 'in'; path: string; negated: boolean; literals: string[]; values: Value[] }
  | { kind: 'like'; path: string; pattern: string }
  | {
      kind: 'span';
      path: string;
      operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      literal: string;
      from: Value;
      to: Value;
    }
  | { kind: 'includes'; path: string; negated: boolean; choices: string[][] }
  | { kind: 'join'; negated: boolean; parent: string; where: Test }
  | { kind: 'not'; part: Test }
  | { kind: 'and' | 'or'; parts: Test[] };

/** Every row of the world by object, keyed for the parents. */
export interface NaiveWorld {
  objects: Record<string, Item[]>;
  parents: Record<string, [field: string, object: string]>;
}

export function render(test: Test): string {
  switch (test.kind) {
    case 'compare':
    case 'span':
      return `${test.path} ${test.operator} ${test.literal}`;
    case 'in':
      return `${test.path} ${test.negated ? 'NOT IN' : 'IN'} (${test.literals.join(', ')})`;
    case 'like':
      return `${test.path} LIKE '${test.pattern}'`;
    case 'includes':
      return `${test.path} ${test.negated ? 'EXCLUDES' : 'INCLUDES'} (${test.choices.map((choice) => `'${choice.join(';')}'`).join(',')})`;
    case 'join':
      return `AccountId ${test.negated ? 'NOT IN' : 'IN'} (SELECT Id FROM Account WHERE ${render(test.where)})`;
    case 'not':
      return `(NOT (${render(test.part)}))`;
    default:
      return `(${test.parts.map(render).join(` ${test.kind.toUpperCase()} `)})`;
  }
}

export function cell(world: NaiveWorld, item: Item, path: string): Value {
  let at: Item | undefined = item;
  const names = path.split('.');
  for (const name of names.slice(0, -1)) {
    const [field, object] = world.parents[name] as [string, string];
    const wanted: Value | undefined = at?.[field];
    at = world.objects[object]?.find((one) => one['Id'] === wanted);
  }
  return at?.[names.at(-1) as string] ?? null;
}

const low = (value: Value, path: string): Value =>
  typeof value === 'string' && !path.endsWith('Id') ? value.toLowerCase() : value;

function orderly(left: Value, operator: string, right: Value): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function like(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '%') return like(text, rest) || (text !== '' && like(text.slice(1), pattern));
  return text !== '' && (pattern[0] === '_' || pattern[0] === text[0]) && like(text.slice(1), rest);
}

export function holds(world: NaiveWorld, item: Item, test: Test, all: boolean): boolean {
  switch (test.kind) {
    case 'and':
      return test.parts.every((part) => holds(world, item, part, all));
    case 'or':
      return test.parts.some((part) => holds(world, item, part, all));
    case 'not':
      return !holds(world, item, test.part, all);
    case 'join': {
      const ids = (world.objects['Account'] ?? [])
        .filter((one) => (all || one['IsDeleted'] === false) && holds(world, one, test.where, all))
        .map((one) => one['Id']);
      return ids.includes(item['AccountId']) !== test.negated;
    }
    default:
      break;
  }
  const value = low(cell(world, item, test.path), test.path);
  switch (test.kind) {
    case 'compare':
      return orderly(value, test.operator, low(test.value, test.path));
    case 'in':
      return test.values.some((one) => low(one, test.path) === value) !== test.negated;
    case 'like':
      return typeof value === 'string' && like(value, test.pattern.toLowerCase());
    case 'includes': {
      const held = typeof value === 'string' ? value.split(';') : [];
      return (
        test.choices.some((choice) => choice.every((one) => held.includes(one.toLowerCase()))) !==
        test.negated
      );
    }
    case 'span': {
      const { from, to } = test as { from: string | number; to: string | number };
      const inside = value !== null && value >= from && value < to;
      if (test.operator === '=') return inside;
      if (test.operator === '!=') return !inside;
      if (value === null) return false;
      if (test.operator === '<') return value < from;
      if (test.operator === '<=') return value < to;
      return test.operator === '>' ? value >= to : value >= from;
    }
  }
}

export interface Order {
  path: string;
  descending: boolean;
  nullsLast: boolean;
  places?: string[];
}

export function arranged(world: NaiveWorld, items: Item[], orders: Order[]): Item[] {
  const byId: Order = { path: 'Id', descending: false, nullsLast: false };
  return [...items].sort((a, b) => {
    for (const { path, descending, nullsLast, places } of [...orders, byId]) {
      const key = (item: Item): Value => {
        const value = low(cell(world, item, path), path);
        return places !== undefined && value !== null ? places.indexOf(String(value)) : value;
      };
      const [left, right] = [key(a), key(b)];
      if (left === right) continue;
      if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
      return left < right === descending ? 1 : -1;
    }
    return 0;
  });
}
