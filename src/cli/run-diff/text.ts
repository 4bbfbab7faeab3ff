import type { CrmValue } from '../../model/connector.ts';
import { OUTPUTS, outputShape } from '../../model/outputs.ts';
import { heading, plural, printable, whole } from '../format.ts';
import { cureOf } from '../notices.ts';
import { stays, type FieldChange, type RecordChange } from './changes.ts';

const NAME_LENGTH = 40;
const VALUE_LENGTH = 60;
const REASON_LENGTH = 120;
const EMPTY = '(empty)';

/** A value as a person reads it; what a field does not hold is said, not left blank. */
export const valueText = (value: CrmValue): string => {
  if (value === null || value === '') return EMPTY;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** `Partner score` is `score` beside the partner's name. */
function shortLabel({ label, output }: FieldChange): string {
  const entity = output === null ? undefined : outputShape(output)?.entity;
  const own = entity !== undefined && label.toLowerCase().startsWith(`${entity} `);
  const bare = own ? label.slice(entity.length + 1) : label;
  return output === null ? bare : bare.charAt(0).toLowerCase() + bare.slice(1);
}

/** How a diff marks a record: all of it new, all of it taken away, changed, or left as it is. */
export function markOf({ fields }: Pick<RecordChange, 'fields'>): '+' | '-' | '~' | '!' {
  const moving = fields.filter((field) => !stays(field));
  if (moving.length === 0) return '!';
  if (moving.every(({ from }) => from === null)) return '+';
  return moving.every(({ to }) => to === null) ? '-' : '~';
}

export const stateWords = ({ state }: Pick<FieldChange, 'state'>): string =>
  state === 'rejected' ? 'refused' : state;

const ORDER = Object.keys(OUTPUTS);

/** What moves before what is held, and each in the order of the outputs: the score itself first. */
const rank = (field: FieldChange): number => {
  const at = field.output === null ? -1 : ORDER.indexOf(field.output);
  return (stays(field) ? ORDER.length + 1 : 0) + (at === -1 ? ORDER.length : at);
};

export function recordText(record: RecordChange): string {
  const name = printable(record.name, NAME_LENGTH);
  const indent = ' '.repeat(name.length + 2);
  let [said, kept]: (string | null)[] = [null, null];
  const lines = record.fields
    .filter((field) => record.because === null || stays(field) || field.to !== record.because)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((field) => {
      const [from, to] = [field.from, field.to].map((value) =>
        printable(valueText(value), VALUE_LENGTH),
      );
      const why = field.reason === null ? '' : printable(field.reason, REASON_LENGTH);
      const change = `${shortLabel(field)} ${from} -> ${to}`;
      if (stays(field)) {
        const known = why === kept;
        kept = why;
        return `${change}  ${stateWords(field)}${known ? '' : `: ${why}`}`;
      }
      // One reason for the whole record is said once.
      const again = field.reason === said;
      said = field.reason;
      return why === '' || again ? change : `${change}  (${why})`;
    });
  if (record.because !== null) lines.push(`because: ${printable(record.because, REASON_LENGTH)}`);
  return lines
    .map((line, at) => `${at === 0 ? `${markOf(record)} ${name}` : indent}  ${line}\n`)
    .join('');
}

/** Counts what a diff holds, so that a cut-off list still tells how much there is. */
export class Tally {
  records = 0;
  readonly #objects = new Map<string, { records: number; moving: number; held: number }>();
  readonly #reasons = new Map<string, number>();

  add({ object, fields }: RecordChange): void {
    this.records += 1;
    const sum = this.#objects.get(object) ?? { records: 0, moving: 0, held: 0 };
    const held = fields.filter(stays);
    this.#objects.set(object, {
      records: sum.records + 1,
      moving: sum.moving + fields.length - held.length,
      held: sum.held + held.length,
    });
    for (const { reason } of held)
      this.#reasons.set(reason ?? '', (this.#reasons.get(reason ?? '') ?? 0) + 1);
  }

  text(): string {
    const objects = [...this.#objects].map(
      ([object, { records, moving, held }]) =>
        `  ${object}: ${plural(records, 'record')}, ${plural(moving, 'field')} ${moving === 1 ? 'changes' : 'change'}${held > 0 ? `, ${whole(held)} held` : ''}\n`,
    );
    const reasons = [...this.#reasons].map(
      ([reason, fields]) =>
        `  held, ${plural(fields, 'field')}: ${printable(reason, REASON_LENGTH)}${cureOf(reason)}\n`,
    );
    return [heading('In all'), ...objects, ...reasons].join('');
  }
}
