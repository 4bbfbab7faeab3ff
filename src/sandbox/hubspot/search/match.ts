/** Does a record match? Values compare by the property's type; text without regard to case. */
import { invalid } from '../model/errors.ts';
import { parseInstant } from '../model/text.ts';
import type { HubRecord, ObjectType, PropertyDefinition } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import type { Filter } from './query.ts';

export type Test = (record: HubRecord) => boolean;
/** How search orders a property's values; null = not set. */
export type Key = (record: HubRecord) => string | number | null;

/** The value of a property as search compares it. */
export function keyOf(property: PropertyDefinition): Key {
  const { name } = property;
  if (name === 'hs_object_id') return (record) => record.number;
  const read = comparable(property);
  return (record) => {
    const value = record.values[name];
    return value === undefined ? null : read(value);
  };
}

function comparable(property: PropertyDefinition): (value: string) => string | number | null {
  if (property.type === 'number')
    return (value) => (Number.isNaN(Number(value)) ? null : Number(value));
  if (property.type === 'datetime' || property.type === 'date') return parseInstant;
  return (value) => value.toLowerCase();
}

/** One filter as a test. Throws 400 on an unknown property or a value of the wrong kind. */
export function testOf(portal: Portal, type: ObjectType, filter: Filter): Test {
  const property = portal.catalog.find(type, filter.property);
  if (property === null)
    throw invalid(
      `There was a problem with the request: property ${filter.property} does not exist.`,
      {
        errors: [
          {
            message: `Property "${filter.property}" does not exist`,
            code: 'PROPERTY_DOESNT_EXIST',
            context: { propertyName: [filter.property] },
          },
        ],
      },
    );
  const key = keyOf(property);
  const wanted = (text: string | null): string | number => {
    const value = text === null ? null : comparable(property)(text);
    if (value === null)
      throw invalid(
        `The value ${text} is not a valid ${property.type} for property ${filter.property}.`,
        { context: { propertyName: [filter.property] } },
      );
    return value;
  };
  const multiple = property.fieldType === 'checkbox';
  const compare =
    (test: (value: string | number) => boolean): Test =>
    (record) => {
      const value = key(record);
      if (value === null) return false;
      return multiple && typeof value === 'string' ? value.split(';').some(test) : test(value);
    };
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return (record) => key(record) !== null;
    case 'NOT_HAS_PROPERTY':
      return (record) => key(record) === null;
    case 'EQ': {
      const value = wanted(filter.value);
      return compare((one) => one === value);
    }
    // Records without a value are different from every value.
    case 'NEQ': {
      const value = wanted(filter.value);
      const same = compare((one) => one === value);
      return (record) => !same(record);
    }
    case 'LT': {
      const value = wanted(filter.value);
      return compare((one) => one < value);
    }
    case 'LTE': {
      const value = wanted(filter.value);
      return compare((one) => one <= value);
    }
    case 'GT': {
      const value = wanted(filter.value);
      return compare((one) => one > value);
    }
    case 'GTE': {
      const value = wanted(filter.value);
      return compare((one) => one >= value);
    }
    case 'BETWEEN': {
      const low = wanted(filter.value);
      const high = wanted(filter.highValue);
      return compare((one) => one >= low && one <= high);
    }
    case 'IN':
    case 'NOT_IN':
      return listTest(property, filter, compare, wanted);
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN':
      return tokenTest(property, filter);
  }
}

/** Text in lists must be sent in lower case, or it matches nothing. */
function listTest(
  property: PropertyDefinition,
  filter: Filter,
  compare: (test: (value: string | number) => boolean) => Test,
  wanted: (text: string) => string | number,
): Test {
  const asSent = property.type === 'string' || property.type === 'phone_number';
  const values = new Set<string | number>(
    filter.values.map((value) => (asSent ? value : wanted(value))),
  );
  const inside = compare((value) => values.has(value));
  return filter.operator === 'IN'
    ? inside
    : (record) => record.values[property.name] !== undefined && !inside(record);
}

const SEPARATORS = /[^\p{L}\p{N}]+/u;

export function tokensOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(SEPARATORS)
    .filter((token) => token !== '');
}

/** Every token of the value must be there; a star stands for any end. */
function tokenTest(property: PropertyDefinition, filter: Filter): Test {
  const wanted = (filter.value ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((token) => token !== '')
    .flatMap((token) => (token.includes('*') ? [token] : tokensOf(token)));
  const matches = (token: string, have: readonly string[]): boolean => {
    const bare = token.replaceAll('*', '');
    if (token.startsWith('*') && token.endsWith('*')) return have.some((one) => one.includes(bare));
    if (token.startsWith('*')) return have.some((one) => one.endsWith(bare));
    return token.endsWith('*') ? have.some((one) => one.startsWith(bare)) : have.includes(token);
  };
  const has: Test = (record) => {
    const have = tokensOf(record.values[property.name] ?? '');
    return have.length > 0 && wanted.every((token) => matches(token, have));
  };
  return filter.operator === 'CONTAINS_TOKEN' ? has : (record) => !has(record);
}
