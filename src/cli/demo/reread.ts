import { inArray, and, eq } from 'drizzle-orm';
import type { CrmRow, CrmSession, CrmValue } from '../../model/connector.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import type { OutputName } from '../../model/outputs.ts';
import { listIntents, type Intent } from '../../store/intents.ts';
import { rankedPartners } from '../../store/results.ts';
import { deals, partners } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { readByIds } from '../../sync/read/read-all.ts';
import type { SyncOutcome } from '../../sync/run/run.ts';
import { printable } from '../format.ts';

const SHOWN_RECORDS = 2;
/** What a rep looks at first, in this order. */
const SHOWN_OUTPUTS: OutputName[] = [
  ...(['partner.score', 'partner.expectedAttainment', 'partner.nextAction'] as const),
  ...(['partner.reasons', 'deal.winProbability', 'deal.nextAction', 'deal.reasons'] as const),
];
const MOST_WRITES = 10_000;

/**
 * What was just written, taken straight from the CRM's API: the partners with most at stake and
 * the deals of them, by name, as a rep sees them.
 */
export async function reread(
  store: Store,
  session: CrmSession,
  outcome: SyncOutcome,
  mapping: MappingDocument,
): Promise<{ text: string; agree: boolean }> {
  const { connectionId, id } = outcome.run;
  const written = (await listIntents(store, id, MOST_WRITES)).filter(
    (intent) => intent.state === 'done',
  );
  const ranked = await rankedPartners(store, connectionId, id, SHOWN_RECORDS);
  const first = new Map(ranked.map(({ score }, at) => [score.partnerId, SHOWN_RECORDS - at]));
  const texts: string[] = [];
  let agree = written.length > 0;
  for (const [object, intents] of Map.groupBy(written, (intent) => intent.object)) {
    const records = [...Map.groupBy(intents, (intent) => intent.recordId)]
      .sort(
        (a, b) =>
          (first.get(b[0]) ?? 0) - (first.get(a[0]) ?? 0) ||
          leading(mapping, object, b[1]) - leading(mapping, object, a[1]),
      )
      .slice(0, SHOWN_RECORDS);
    const found = await readByIds(
      session,
      { object, fields: [...new Set(intents.map((intent) => intent.field))].sort() },
      records.map(([record]) => record),
    );
    const names = await namesOf(
      store,
      connectionId,
      records.map(([record]) => record),
    );
    for (const [record, own] of records) {
      const row = found.get(record);
      const same = own.every(({ field, newValue }) => (row?.fields[field] ?? null) === newValue);
      agree &&= same;
      const name = printable(names.get(record) ?? record, 60);
      texts.push(
        `  ${name} (${object} ${record})${same ? '' : '  ! differs from what was written'}\n${valuesText(mapping, object, own, row)}`,
      );
    }
  }
  return { text: texts.length === 0 ? '  nothing was written\n' : texts.join(''), agree };
}

/** The number of a record that a rep looks at first. */
function leading(mapping: MappingDocument, object: string, own: Intent[]): number {
  const fields = mapping.write.flatMap((write) =>
    write.object === object ? Object.entries(write.fields) : [],
  );
  for (const output of SHOWN_OUTPUTS) {
    const field = fields.find(([, { value }]) => value === output)?.[0];
    const value = own.find((intent) => intent.field === field)?.newValue;
    if (typeof value === 'number') return value;
  }
  return -1;
}

/** The values that say most, under the names that the CRM's own page shows. */
function valuesText(
  mapping: MappingDocument,
  object: string,
  own: Intent[],
  row: CrmRow | undefined,
): string {
  const fields = mapping.write
    .filter((write) => write.object === object)
    .flatMap((write) => Object.entries(write.fields));
  return SHOWN_OUTPUTS.flatMap((output) =>
    fields.flatMap(([field, { value }]) =>
      value === output && own.some((intent) => intent.field === field)
        ? [`    ${field}: ${shown(row?.fields[field] ?? null)}\n`]
        : [],
    ),
  ).join('');
}

const shown = (value: CrmValue): string =>
  value === null ? '(empty)' : printable(String(value).split('\n').join(' · '), 120);

async function namesOf(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const of = (table: typeof partners | typeof deals) =>
    store.db
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(and(eq(table.connectionId, connectionId), inArray(table.id, ids)));
  return new Map([...(await of(partners)), ...(await of(deals))].map(({ id, name }) => [id, name]));
}
