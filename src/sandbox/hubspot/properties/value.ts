/**
 * Values as clients send them, checked and brought into the spelling in
 * which HubSpot gives them back.
 */
import type { PropertyFault } from '../model/errors.ts';
import { instant, parseInstant } from '../model/text.ts';
import type { PropertyDefinition } from '../model/types.ts';

/** Longest text of a property. */
const MAX_TEXT = 65_536;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const DAY_MS = 86_400_000;

export type CheckedValue = { value: string | null } | { fault: PropertyFault };

/**
 * One value. null and empty text clear the property. `externalValues` are the values of a property
 * whose options are held elsewhere (owners, pipelines, stages); null = anything goes.
 */
export function checkValue(
  property: PropertyDefinition,
  sent: unknown,
  externalValues: ReadonlySet<string> | null,
): CheckedValue {
  const refuse = (message: string, error: string): CheckedValue => ({
    fault: { name: property.name, message, error },
  });
  if (property.readOnlyValue)
    return refuse(
      `"${property.name}" is a ${property.calculated ? 'calculated' : 'read only'} property; its value cannot be set`,
      'READ_ONLY_VALUE',
    );
  if (sent === null || sent === undefined || sent === '') return { value: null };
  if (typeof sent === 'object')
    return refuse(
      `Cannot deserialize the value of ${property.name} from an object or a list`,
      'INVALID_JSON',
    );
  const text = String(sent);
  switch (property.type) {
    case 'number':
      return NUMBER.test(text.trim())
        ? { value: text.trim() }
        : refuse(`${text} was not a valid number.`, 'INVALID_NUMBER');
    case 'bool':
      return ['true', 'false'].includes(text.toLowerCase())
        ? { value: text.toLowerCase() }
        : refuse(`${text} was not one of the allowed options: [true, false]`, 'INVALID_OPTION');
    case 'date':
      return checkDate(text, refuse);
    case 'datetime': {
      const ms = parseInstant(text);
      return ms === null || Number.isNaN(new Date(ms).getTime())
        ? refuse(`${text} was not a valid long.`, 'INVALID_LONG')
        : { value: instant(ms) };
    }
    case 'enumeration':
      return checkOptions(property, text, externalValues, refuse);
    default:
      return text.length > MAX_TEXT
        ? refuse(
            `The value of ${property.name} is ${text.length} characters long; the most is ${MAX_TEXT}.`,
            'VALUE_TOO_LONG',
          )
        : { value: text };
  }
}

type Refuse = (message: string, error: string) => CheckedValue;

/** A date is a midnight in UTC. */
function checkDate(text: string, refuse: Refuse): CheckedValue {
  const ms = parseInstant(text);
  if (ms === null || Number.isNaN(new Date(ms).getTime()))
    return refuse(`${text} was not a valid date.`, 'INVALID_DATE');
  const iso = new Date(ms).toISOString();
  return ms % DAY_MS === 0
    ? { value: iso.slice(0, 10) }
    : refuse(`${text} is at ${iso.slice(11, 23)} UTC, not midnight!`, 'INVALID_DATE');
}

/**
 * A multiple choice is sent as `a;b`, or `;c` to add to what is there;
 * adding is left to the caller.
 */
function checkOptions(
  property: PropertyDefinition,
  text: string,
  externalValues: ReadonlySet<string> | null,
  refuse: Refuse,
): CheckedValue {
  const allowed = property.externalOptions
    ? externalValues
    : new Set(property.options.map((option) => option.value));
  if (allowed === null) return { value: text };
  const parts =
    property.fieldType === 'checkbox' ? text.split(';').filter((part) => part !== '') : [text];
  const wrong = parts.find((part) => !allowed.has(part));
  if (wrong === undefined) return { value: parts.join(';') };
  return refuse(
    `${wrong} was not one of the allowed options: [${[...allowed].join(', ')}]`,
    'INVALID_OPTION',
  );
}
