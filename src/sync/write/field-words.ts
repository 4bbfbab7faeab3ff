import { parseOnce } from '../../mapping/document/parse-once.ts';
import { fieldLabel } from '../../model/language/field-labels.ts';
import { findDocument, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';

interface FieldWords {
  output: string;
  label: string;
}
export type Words = ReadonlyMap<string, FieldWords>;

/** Field words by `object/field`, from the mapping that the run used. */
export async function wordsOf(store: Store, run: Run): Promise<Words> {
  const body =
    run.mapping === null
      ? null
      : await findDocument(store, run.connectionId, 'mapping', run.mapping);
  const mapping = body === null ? null : parseOnce(body).salvaged;
  const language = mapping?.settings?.language ?? 'en';
  const writes = mapping?.write ?? [];
  return new Map(
    writes.flatMap(({ object, fields }) =>
      Object.entries(fields).map(([field, { value, label }]): [string, FieldWords] => [
        `${object}/${field}`,
        { output: value, label: label ?? fieldLabel(value, language) ?? field },
      ]),
    ),
  );
}

/** Why a field changes that says no reason of its own. */
export function whyChanged(run: Run, newValue: unknown): string | null {
  if (run.kind === 'undo') return `takes back run ${run.undoes ?? ''}`.trimEnd();
  return newValue === null ? 'there is no result for it any more' : null;
}
