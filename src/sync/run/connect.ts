import type { ConnectorFeatures, CrmSession } from '../../model/connector.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Gone } from '../../mapping/compile/gone.ts';
import { saveDocument } from '../../store/runs.ts';
import { linkedMapping } from '../../store/link-deals.ts';
import { hasRealRun } from '../../store/what-if.ts';
import { linkVersion } from '../measure/link.ts';
import type { Store } from '../../store/store.ts';
import { planCalls, readBudget } from './budget.ts';
import { heldFields, markPaused } from '../read/pause.ts';
import type { CountedRows } from '../read/receipts.ts';
import { documentVersion, requireMapping, type LiveMapping } from './prepare.ts';
import { prioritise } from './priority.ts';

interface WrittenObject {
  object: string;
  entity: 'partner' | 'deal';
  /** What people and the CRM call it besides: its label, and ids or long names of the CRM. */
  names: string[];
}

/** What the rest of a run follows from. */
export interface Connected {
  org: string;
  asOfMs: number;
  mapping: string;
  /** Objects to read. */
  streams: string[];
  /**
   * What the CRM no longer has or shows: the objects that it belongs to are not read by this run.
   */
  paused: Gone[];
  writes: WrittenObject[];
  /** Calls above the quota floor; null = the CRM told no budget, which is an alarm. */
  callsLeft: number | null;
  /** Calls that this run will need, writes apart. */
  callsPlanned: number;
  /** Full passes that wait for budget, because write-back goes first. */
  deferred: { object: string; calls: number }[];
  /** Living rows of what is read from its beginning, by the CRM's COUNT. */
  counted: Record<string, CountedRows>;
  /** The new mapping waits too, and the run has the one that `mapping` names from the store. */
  mappingWaits: boolean;
  /** A dry run with another mapping than what is served works on a copy of the rows. */
  copied?: boolean;
}

/**
 * First contact of a run, once the org is known to be the right one: a budget, a mapping that fits.
 * Nothing is read or written before both hold.
 */
export async function connect(
  store: Store,
  session: CrmSession,
  features: ConnectorFeatures,
  connection: ConnectionDocument,
  mappingText: string,
  { full, dryRun }: { full: boolean; dryRun: boolean },
  nowMs: number,
): Promise<Connected> {
  const identity = await session.identity();
  const asOfMs = await session.serverTimeMs();
  const budget = await readBudget(session, connection.limits.quotaFloorPercent, nowMs);
  const wanted = await requireMapping(
    session,
    mappingText,
    connection.crm,
    connection.mapping,
    () => heldFields(store, connection.id),
  );
  const { mapping, ...chosen } = await prioritise(
    store,
    session,
    connection,
    {
      mapping: wanted,
      text: mappingText,
      planOf: (one) =>
        planCalls(
          store,
          session,
          connection.id,
          { ...one, streams: readable(one) },
          features,
          full,
          asOfMs,
        ),
    },
    budget,
    nowMs,
  );
  const version = documentVersion(mapping, chosen.mappingText);
  await saveDocument(store, connection.id, 'mapping', version, chosen.mappingText, nowMs);
  const copied =
    dryRun &&
    (await hasRealRun(store, connection.id)) &&
    (await linkedMapping(store, connection.id)) !== linkVersion(mapping);
  for (const { object } of copied ? [] : mapping.gone)
    await markPaused(store, connection.id, object, asOfMs);
  return {
    org: identity.orgName,
    asOfMs,
    mapping: version,
    streams: await ordered(session, readable(mapping)),
    paused: [...mapping.gone, ...mapping.leftOut],
    writes: await Promise.all(mapping.writes.map((write) => writtenObject(session, write))),
    callsLeft: budget?.left ?? null,
    callsPlanned: chosen.planned,
    deferred: chosen.deferred,
    counted: chosen.counted,
    mappingWaits: chosen.mappingWaits,
    copied,
  };
}

/** Streams whose rows may come with the records of another one stand behind it. */
async function ordered(session: CrmSession, streams: StreamSpec[]): Promise<string[]> {
  const [own, beside]: [string[], string[]] = [[], []];
  for (const { object } of streams)
    ((await session.describe(object))?.perRecord === undefined ? own : beside).push(object);
  return [...own, ...beside];
}

async function writtenObject(
  session: CrmSession,
  { object, entity }: Pick<WrittenObject, 'object' | 'entity'>,
): Promise<WrittenObject> {
  const described = await session.describe(object);
  const names = described === null ? [] : [described.label, ...(described.aliases ?? [])];
  return { object, entity, names };
}

const readable = (mapping: LiveMapping): StreamSpec[] =>
  mapping.streams.filter((stream) => !mapping.gone.some(({ object }) => object === stream.object));
