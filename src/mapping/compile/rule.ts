import type { CrmRow } from '../../model/connector.ts';
import type { EntityValue } from '../../model/entities.ts';
import type { FieldRule, FieldRuleObject } from '../../model/mapping.ts';
import { keyFinder } from '../../model/fold.ts';
import { optionLabels } from '../../model/options.ts';
import { choicesOf, isEmpty, textOf } from '../../model/value.ts';
import { coerce, shown, type Coerced } from '../document/coerce.ts';
import { compilePattern, extract, MAX_PARSE_INPUT } from '../document/pattern.ts';
import { fieldAt, readerOf, spellingOf, Unread, type ReadContext } from './reader.ts';
import { ruleObject } from '../document/sources.ts';
import { severalStep } from './several.ts';
import { MINUTE_MS } from '../../model/time.ts';

/**
 * A field rule, compiled. The order is: read (field, constant or coalesce), several, split, parse,
 * map, as, divideBy, default, required.
 * An empty value skips every step up to `default`. Pieces taken by `split` are trimmed; the piece
 * or match that is not there is empty.
 */
export type RuleReader = (row: CrmRow) => Coerced;

type Step = (value: string | number | boolean) => Coerced;

const NO_LABELS: ReadonlyMap<string, string> = new Map();
const EMPTY: Coerced = { value: null };

function splitStep({ by, take }: { by: string; take: number }): Step {
  return (value) => {
    const piece = textOf(value).split(by).at(take)?.trim();
    return isEmpty(piece) ? EMPTY : { value: piece };
  };
}

function parseStep(source: string): Step {
  const pattern = compilePattern(source);
  return (value) => {
    const text = textOf(value);
    if (text.length > MAX_PARSE_INPUT)
      return {
        code: 'range',
        message: `is ${text.length} characters long, and \`parse\` reads at most ${MAX_PARSE_INPUT}; use \`split\` first`,
      };
    const found = extract(pattern, text);
    return isEmpty(found) ? EMPTY : { value: found };
  };
}

/** The word for one value; of a multiple choice `eachChoice` takes them one by one. */
function mapStep(rule: FieldRuleObject, spell: (id: string) => string): Step {
  const options = new Map(
    Object.entries(rule.map ?? {}).map(([key, word]) => [spell(key), word] as const),
  );
  const find = keyFinder(options.keys());
  return (value) => {
    const key = find(spell(textOf(value)));
    if (key !== null) return { value: options.get(key) ?? null };
    if (rule.otherwise === undefined) return { value };
    if (rule.otherwise !== 'reject') return { value: rule.otherwise };
    return {
      code: 'unknown-option',
      message: `the mapping has no word for ${shown(value)}; add it to \`map\``,
    };
  };
}

/** `A;B` is two values: each gets its word, the same word counts once, and in the order chosen. */
function eachChoice(step: Step): Step {
  return (value) => {
    const words: Coerced[] = choicesOf(value).map(step);
    const refused = words.find((word) => !('value' in word));
    if (refused !== undefined) return refused;
    const found = new Set(words.flatMap((word) => ('value' in word ? [word.value] : [])));
    found.delete(null);
    const [only] = found;
    return { value: found.size < 2 ? (only ?? null) : [...found].join(';') };
  };
}

/** The label of an option; what the mapping's own `map` made of it stands. */
function labelStep(labels: ReadonlyMap<string, string>, map: FieldRuleObject['map']): Step {
  const made = new Set(Object.values(map ?? {}).map(textOf));
  return (value) => ({
    value: made.has(textOf(value)) ? value : (labels.get(textOf(value)) ?? value),
  });
}

function divideStep(by: number, zone: string): Step {
  return (value) => {
    const number = coerce(value, 'number', zone);
    return 'value' in number && typeof number.value === 'number'
      ? coerce(number.value / by, 'number', zone)
      : number;
  };
}

function stepsOf(
  rule: FieldRuleObject,
  zone: string,
  multiple: boolean,
  spell: (id: string) => string,
  labels: ReadonlyMap<string, string>,
): Step[] {
  const steps: Step[] = [];
  if (rule.split !== undefined) steps.push(splitStep(rule.split));
  if (rule.parse !== undefined) steps.push(parseStep(rule.parse));
  if (rule.map !== undefined || rule.otherwise !== undefined) {
    const step = mapStep(rule, spell);
    steps.push(
      multiple && rule.split === undefined && rule.parse === undefined ? eachChoice(step) : step,
    );
  }
  const as = rule.as;
  if (as !== undefined) steps.push((value) => asStep(value, as, zone));
  if (rule.divideBy !== undefined) steps.push(divideStep(rule.divideBy, zone));
  if (labels.size > 0) {
    const step = labelStep(labels, rule.map);
    steps.push(multiple ? eachChoice(step) : step);
  }
  return steps;
}

/**
 * An instant stays text until the entity field asks for one, so that `as: instant` on a date
 * field still means its day.
 */
function asStep(
  value: string | number | boolean,
  as: NonNullable<FieldRuleObject['as']>,
  zone: string,
): Coerced {
  const result = coerce(value, as, zone);
  return as === 'instant' && 'value' in result && typeof result.value === 'number'
    ? { value: new Date(result.value).toISOString() }
    : result;
}

function readStep(rule: FieldRuleObject, context: ReadContext, word: boolean): RuleReader {
  if (rule.value !== undefined) {
    const constant: Coerced = { value: rule.value };
    return () => constant;
  }
  if (rule.coalesce !== undefined) {
    const inner = rule.coalesce.map((each) => compileRule(each, context, word));
    return (row) => {
      for (const read of inner) {
        const result = read(row);
        if (!('value' in result) || !isEmpty(result.value)) return result;
      }
      return EMPTY;
    };
  }
  const read = rule.field === undefined ? null : readerOf(context, rule.field);
  if (read === null) return () => EMPTY;
  // Pieces of a text, or a text, are of what the source wrote.
  const asText = rule.as === 'text' || rule.split !== undefined || rule.parse !== undefined;
  const choose = severalStep(fieldAt(context, rule.field!), rule.several);
  const plain = (row: CrmRow): Coerced => {
    const value = read(row);
    if (value instanceof Unread) return value;
    const spelt = row.spelt?.[rule.field!];
    if (spelt === undefined) return choose?.(value) ?? { value };
    return asText ? { value: spelt } : { value, spelt };
  };
  return rule.minutesSince === undefined
    ? plain
    : minutesBetween(compileRule(rule.minutesSince, context), plain, context.timeZone);
}

/**
 * Minutes from one time to another; empty where either is, and where they stand the wrong way
 * round.
 */
function minutesBetween(from: RuleReader, to: RuleReader, zone: string): RuleReader {
  return (row) => {
    const times: number[] = [];
    for (const read of [from, to]) {
      const found = read(row);
      if (!('value' in found)) return found;
      const time = isEmpty(found.value) ? EMPTY : coerce(found.value, 'instant', zone);
      if (!('value' in time)) return time;
      if (typeof time.value !== 'number') return EMPTY;
      times.push(time.value);
    }
    const minutes = (times[1]! - times[0]!) / MINUTE_MS;
    return minutes < 0 ? EMPTY : { value: minutes };
  };
}

/** One step; a value that it refuses is shown as it came. */
function taken(step: Step, value: EntityValue): Coerced {
  const result: Coerced =
    typeof value === 'object'
      ? { code: 'type', message: 'holds an object where a value belongs' }
      : step(value);
  return 'value' in result ? result : { input: textOf(value), ...result };
}

/**
 * Compiles a rule against an object; `word`: for people to read, so an option is its label. Fields that the org lacks read as empty. The patterns must
 * have passed `patternFault`.
 */
export function compileRule(given: FieldRule, context: ReadContext, word = false): RuleReader {
  const rule = ruleObject(given);
  // What a `map` of several fields goes by are their keys.
  const read = readStep(rule, context, word && rule.map === undefined);
  const whole = rule.field !== undefined && rule.split === undefined && rule.parse === undefined;
  const spell = whole ? spellingOf(context, rule.field!) : (id: string): string => id;
  const field = rule.field === undefined ? null : fieldAt(context, rule.field);
  const labels = word && whole && field !== null ? optionLabels(field) : NO_LABELS;
  const multiple = field?.type === 'multipicklist';
  const steps = stepsOf(rule, rule.zone ?? context.timeZone, multiple, spell, labels);
  return (row) => {
    let result = read(row);
    for (const step of steps) {
      if (!('value' in result) || isEmpty(result.value)) break;
      result = taken(step, result.value);
    }
    if (!('value' in result) || !isEmpty(result.value)) return result;
    // None of several is a choice of the mapping, and must be counted as one.
    if (isEmpty(rule.default) && result.several !== undefined) return result;
    if (!isEmpty(rule.default)) return { value: rule.default };
    return rule.required === true
      ? {
          code: 'missing',
          message: `is empty${rule.field === undefined ? '' : ` (${rule.field})`}, and the mapping requires it`,
        }
      : EMPTY;
  };
}
