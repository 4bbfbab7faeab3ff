import type { CrmValue } from '../../model/connector.ts';
import {
  intentPage,
  placeOf,
  type Intent,
  type IntentPlace,
  type IntentState,
} from '../../store/intents.ts';
import { wantedOf, type IntentFilter } from '../../store/plan-filter.ts';
import { recordNames } from '../../store/run-changes.ts';
import type { Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { whyChanged, wordsOf, type Words } from '../../sync/write/field-words.ts';

const PAGE = 2000;

/** One field of a record: what it held, what the run wants there, and why. */
export interface FieldChange {
  field: string;
  /** The field as people call it. */
  label: string;
  output: string | null;
  from: CrmValue;
  to: CrmValue;
  state: IntentState;
  /** Why it changes or, where it does not, what keeps it; null = the run does not say. */
  reason: string | null;
}

export interface RecordChange {
  object: string;
  recordId: string;
  name: string;
  /** What lies behind the new numbers, where the run gives its reasons. */
  because: string | null;
  fields: FieldChange[];
}

export const stays = ({ state }: Pick<FieldChange, 'state'>): boolean =>
  state === 'held' || state === 'rejected' || state === 'superseded';

/**
 * What a run changes (or would), a record at a time, ordered by object and record id. A record is
 * whole, however the pages fall.
 */
export async function* recordChanges(
  store: Store,
  run: Run,
  filter: IntentFilter,
): AsyncGenerator<RecordChange> {
  const words = await wordsOf(store, run);
  const wanted = wantedOf(run.connectionId, filter);
  let waiting: Intent[] = [];
  for (let after: IntentPlace | null = null, more = true; more; ) {
    const page: Intent[] = await intentPage(store, run.id, null, after, PAGE, wanted);
    more = page.length === PAGE;
    after = page.length === 0 ? after : placeOf(page.at(-1)!);
    const records = [...Map.groupBy([...waiting, ...page], keyOf).values()];
    waiting = more ? (records.pop() ?? []) : [];
    const ids = records.map(([first]) => first!.recordId);
    const names = await recordNames(store, run.connectionId, ids);
    for (const intents of records) yield asRecord(run, intents, names, words);
  }
}

const keyOf = ({ object, recordId }: Intent): string => `${object}/${recordId}`;

function asRecord(
  run: Run,
  intents: Intent[],
  names: Map<string, string>,
  words: Words,
): RecordChange {
  const { object, recordId } = intents[0]!;
  const said = intents.find(({ field }) =>
    words.get(`${object}/${field}`)?.output.endsWith('.reasons'),
  );
  const because = run.kind === 'sync' && typeof said?.newValue === 'string' ? said.newValue : null;
  return {
    object,
    recordId,
    name: names.get(recordId) ?? recordId,
    because,
    fields: intents.map((intent) => {
      const known = words.get(`${object}/${intent.field}`);
      return {
        field: intent.field,
        label: known?.label ?? intent.field,
        output: known?.output ?? null,
        from: intent.oldValue,
        to: intent.newValue,
        state: intent.state,
        reason: intent.reason ?? whyChanged(run, intent.newValue),
      };
    }),
  };
}
