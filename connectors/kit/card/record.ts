import type { Closing, PackagedWrite } from '../../../src/model/packaging.ts';
import { outputShape } from '../../../src/model/outputs.ts';

/** What a card knows of the records of one object: where each output stands, and what it is. */
export interface CardRecord {
  entity: 'partner' | 'deal';
  /** The CRM's field by the output's name without its entity. */
  fields: Record<string, string>;
  labels: Record<string, string>;
  units: Record<string, string>;
  /** How a record says that it is closed, where it can. */
  closed?: Closing;
}

/**
 * Every output that the mapping writes, by object; blocks of one object are one. `known`: how the
 * CRM itself says of its own objects that a record is closed; of others the mapping says it.
 */
export function cardRecords(
  writes: PackagedWrite[],
  known: Record<string, Closing>,
): Record<string, CardRecord> {
  const records: Record<string, CardRecord> = {};
  for (const { object, entity, fields, closing } of writes) {
    const record = (records[object] ??= { entity, fields: {}, labels: {}, units: {} });
    const closed = known[object] ?? closing;
    if (closed != null) record.closed = closed;
    for (const { output, field, spec } of fields) {
      const name = output.replace(/^\w+\./, '');
      record.fields[name] = field;
      record.labels[name] = spec.label;
      record.units[name] = unitOf(output);
    }
  }
  return records;
}

function unitOf(output: string): string {
  const shape = outputShape(output);
  if (shape?.type === 'date' || shape?.type === 'datetime') return 'moment';
  return shape?.unit ?? 'text';
}

/** A value as a constant of a JavaScript module, in the house's style. */
export const constant = (name: string, value: unknown): string =>
  `export const ${name} = ${JSON.stringify(value, null, 4)};\n`;
