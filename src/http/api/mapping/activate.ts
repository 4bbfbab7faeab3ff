import { contentHash } from '../../../model/canonical.ts';
import { keepMappingVersions, mappingVersionsOf } from '../../../store/mapping-versions.ts';
import type { Store } from '../../../store/store.ts';
import type { AppDeps } from '../deps.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { errorsOf, onChecked, unsound } from './checked.ts';
import { mappingInForce, type InForce } from './held.ts';

export interface Activation {
  text: string;
  by: string;
  why: string;
  /** Version that whoever asks has seen in force; null = they did not say. */
  seen: string | null;
}

/**
 * Puts another mapping in force; the next run uses it. Of two people who go out from the same
 * version only the first one can.
 * Errors: 428 without that version, 412 when another one is in force, 409 for a text with faults.
 */
export async function activateMapping(
  deps: AppDeps,
  id: string,
  { text, by, why, seen }: Activation,
): Promise<{ version: string; changed: boolean }> {
  const { store } = await requirePlace(deps, id);
  // Before the check, which may ask the CRM for many seconds: whoever takes the next number
  // meanwhile was first.
  const [newest] = await mappingVersionsOf(store, id);
  const held = await mappingInForce(deps, id);
  if (seen === null)
    throw new Problem(
      428,
      'NO_VERSION',
      'say which version you go out from',
      'Send its `version` as the If-Match header.',
    );
  if (seen !== held.version) throw await overtaken(held);
  const version = contentHash(text);
  if (version === held.version) return { version, changed: false };
  await onChecked(deps, held, text, async ({ faults }) => {
    if (errorsOf(faults).length > 0) throw unsound(faults);
  });
  const savedMs = deps.nowMs();
  const known = newest?.version === held.version;
  const seq = (newest?.seq ?? 0) + 1;
  // What stood in the file without our doing is kept as well: there must be a way back to it.
  const found = { seq, version: held.version, body: held.text, savedMs, by: null, why: null };
  const next = { seq: known ? seq : seq + 1, version, body: text, savedMs, by, why };
  if (!(await keepMappingVersions(store, id, known ? [next] : [found, next])))
    throw await overtaken(await mappingInForce(deps, id));
  await deps.documents!.setMapping(held.at.database, id, text);
  return { version, changed: true };
}

/** Keeps who pushed a mapping with its connection, among the versions that one can go back to. */
export async function notePushed(
  store: Store,
  id: string,
  text: string,
  by: string,
  savedMs: number,
): Promise<void> {
  const [newest] = await mappingVersionsOf(store, id);
  const version = contentHash(text);
  if (newest?.version === version) return;
  const seq = (newest?.seq ?? 0) + 1;
  await keepMappingVersions(store, id, [
    { seq, version, body: text, savedMs, by, why: 'pushed with its connection' },
  ]);
}

/** Who was there first, where we know. */
async function overtaken({ at, connection, version, kind }: InForce): Promise<Problem> {
  const [newest] = await mappingVersionsOf(at.store, connection.id);
  const who =
    newest?.version === version && newest.by !== null
      ? `${newest.by} activated another version meanwhile (${newest.why ?? 'without a reason'})`
      : kind === 'file'
        ? 'the mapping was changed in its file meanwhile'
        : 'another mapping was pushed meanwhile';
  return new Problem(
    412,
    'OVERTAKEN',
    `${who}; nothing was changed`,
    'Load the version in force, bring your changes into it, and activate that.',
  );
}
