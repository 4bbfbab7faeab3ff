import type { CrmSession } from '../../../model/connector.ts';
import type { OrgDescription } from '../../../sync/run/prepare.ts';
import type { AppDeps } from '../deps.ts';
import type { Place } from '../places.ts';
import { Problem } from '../problem.ts';
import type { KnownOrg } from './org-memory.ts';

/**
 * Somebody who has just made a field in the CRM looks for it here a moment later; they can ask for it
 * at once, too.
 */
const KNOWN_MS = 10 * 60_000;

/** A description that asks the CRM only for what is not known yet. */
export interface OpenOrg extends OrgDescription {
  session(): Promise<CrmSession>;
  /** Calls that were made to the CRM. */
  calls(): number;
}

/**
 * Works with the description of a connection's org; a session is opened when something must be
 * asked, and closed afterwards. `fresh`: what is known already is asked again.
 * Errors: 409 where this host reaches no CRM; those of the CRM.
 */
export async function onOrg<T>(
  deps: AppDeps,
  { database }: Place,
  connectionId: string,
  work: (org: OpenOrg) => Promise<T>,
  fresh = false,
): Promise<T> {
  const { orgs } = deps;
  if (orgs === undefined) throw new Problem(409, 'NO_CRM', 'this host does not ask the CRM itself');
  const known = knownOf(orgs.known, `${database}/${connectionId}`, deps.nowMs(), fresh);
  let opened: CrmSession | null = null;
  let opening: Promise<CrmSession> | null = null;
  const session = (): Promise<CrmSession> =>
    (opening ??= orgs.open(database, connectionId).then((open) => {
      opened = open;
      if (open.inOwnWords !== undefined) known.inOwnWords = open.inOwnWords;
      return open;
    }));
  const calls = (): number => opened?.calls() ?? 0;
  try {
    return await work({ ...describing(known, session), session, calls });
  } finally {
    await (opened as CrmSession | null)?.close();
  }
}

function describing(known: KnownOrg, session: () => Promise<CrmSession>): OrgDescription {
  return {
    identity: async () => (known.identity ??= await (await session()).identity()),
    listObjects: async () => (known.names ??= await (await session()).listObjects()),
    describe: async (name) => {
      const held = known.objects.get(name);
      if (held !== undefined) return held.object;
      const open = await session();
      const object = await open.describe(name);
      known.objects.set(name, { object, refusal: open.refusal?.(name) ?? null });
      return object;
    },
    refusal: (name) => known.objects.get(name)?.refusal ?? null,
    ...(known.inOwnWords === undefined ? {} : { inOwnWords: known.inOwnWords }),
  };
}

function knownOf(all: Map<string, KnownOrg>, key: string, nowMs: number, fresh: boolean): KnownOrg {
  const held = all.get(key);
  if (held !== undefined && !fresh && nowMs - held.atMs < KNOWN_MS) return held;
  const next: KnownOrg = { atMs: nowMs, identity: null, names: null, objects: new Map() };
  all.set(key, next);
  return next;
}
