/**
 * Dated rates: each holds until the next one of its currency starts. Source: DatedConversionRate;
 * rates are against the corporate currency.
 */
import type { Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { duplicateValue } from './faults.ts';
import { valueOf, writeQuietly } from './saving.ts';
import type { ObjectRules } from './saving.ts';

/** The end of time, as the vendor writes it. */
const OPEN_END = '9999-12-31';

function ratesOf(core: OrgCore, isoCode: unknown): Row[] {
  const rows = [...core.storage.table(core.must('DatedConversionRate')).values()].filter(
    (row) => row['IsoCode'] === isoCode,
  );
  return rows.sort((a, b) => (String(a['StartDate']) < String(b['StartDate']) ? -1 : 1));
}

function chain(core: OrgCore, isoCode: unknown): void {
  const rows = ratesOf(core, isoCode);
  rows.forEach((row, at) =>
    writeQuietly(core, 'DatedConversionRate', row, {
      NextStartDate: rows[at + 1]?.['StartDate'] ?? OPEN_END,
    }),
  );
}

export const datedRateRules: ObjectRules = {
  before(saving) {
    const twin = ratesOf(saving.core, valueOf(saving, 'IsoCode')).find(
      (row) =>
        row['StartDate'] === valueOf(saving, 'StartDate') && row['Id'] !== saving.previous?.['Id'],
    );
    saving.changes['NextStartDate'] ??= OPEN_END;
    return twin ? [duplicateValue('StartDate', String(twin['Id']))] : [];
  },
  after: (saving, row) => {
    for (const code of new Set([row['IsoCode'], saving.previous?.['IsoCode']]))
      chain(saving.core, code);
  },
  // The row is purged after this; it no longer counts as soon as its date lies past the end.
  removed: (core, row) => {
    writeQuietly(core, 'DatedConversionRate', row, { StartDate: OPEN_END });
    chain(core, row['IsoCode']);
  },
};

/** Units per unit of the corporate currency on a day; undefined where no dated rate covers it. */
export function datedRate(core: OrgCore, isoCode: string, day: string): number | undefined {
  if (!core.schema.object('DatedConversionRate')) return undefined;
  const row = ratesOf(core, isoCode).findLast((rate) => String(rate['StartDate']) <= day);
  return row === undefined ? undefined : Number(row['ConversionRate']);
}
