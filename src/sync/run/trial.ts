import { parseMapping } from '../../mapping/document/parse.ts';
import type { CrmSession } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import { asHeadwaterError } from '../../model/error.ts';
import type {
  CompiledMapping,
  DealPartnerRule,
  MappingFault,
  StreamSpec,
} from '../../model/mapping.ts';
import { linkDeals } from '../../store/link-deals.ts';
import { dealsByRule } from '../../store/linked-deals.ts';
import { lostReferences, type LostReferences } from '../../store/lost-references.ts';
import { saveLocal, saveMapped } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { contradictedStages, type ContradictedStage } from '../../store/contradicted-stages.ts';
import { unlistedStages, type UnlistedStage } from '../../store/unlisted-stages.ts';
import { findSeveral, severalTold, type SeveralTold } from '../measure/several.ts';
import { feedsOf, stageTroubles, wholeFeedsOf } from '../measure/doubts.ts';

/**
 * Calls after which no further page of an object is asked for. Small orgs are read whole with far
 * fewer; of a large one this tells enough, as long as something fits.
 */
const TRIAL_CALLS = 40;
/** The same while nothing fits: "none" is a hard word, so it is looked for longer. */
const TRIAL_CALLS_IN_DOUBT = 120;

/** Rows of an object that became rows of an entity. */
interface TrialCount {
  entity: EntityName;
  object: string;
  fits: number;
  /** Rows that were read, and rows that the CRM counts; equal when all were read. */
  read: number;
  rows: number;
}

/** What a mapping makes of the records that are in the CRM now. */
export interface Trial extends SeveralTold {
  calls: number;
  counts: TrialCount[];
  /** Deals that were read, and by which rule how many of them have a partner. */
  deals: { read: number; withPartner: number; byRule: Record<string, number> };
  unlistedStages: UnlistedStage[];
  contradictedStages: ContradictedStage[];
  lostReferences: LostReferences[];
  unread: { entity: EntityName; object: string; message: string; cure: string }[];
}

const NEEDED: Record<DealPartnerRule['by'], EntityName[]> = {
  field: [],
  role: ['dealPartner'],
  registration: ['registration'],
  campaign: ['campaign'],
  accountParent: ['account'],
};
const ESSENTIAL: EntityName[] = ['partner', 'deal'];
const CONNECTION = 'trial';

/**
 * Reads what partners, deals and the links between them are made of, maps it and links it in
 * `store`, an empty one that is thrown away: the same steps as a run's, so that a check and a run
 * cannot differ. Nothing is written in the CRM.
 */
export async function tryMapping(
  store: Store,
  session: CrmSession,
  mapping: CompiledMapping,
  nowMs: number,
): Promise<Trial> {
  const before = session.calls();
  const needed: EntityName[] = [
    ...ESSENTIAL,
    'stage',
    ...mapping.dealPartner.flatMap((rule) => NEEDED[rule.by]),
  ];
  await store.batch(saveMapped(store, CONNECTION, mapping.fixedStages, nowMs));
  const counts: TrialCount[] = [];
  const unread: Trial['unread'] = [];
  const whole = new Set<string>();
  for (const stream of mapping.streams) {
    const entities = stream.entities.filter((entity) => needed.includes(entity));
    try {
      if (entities.length === 0) {
        await tryFilter(session, stream);
        continue;
      }
      const { read, rows, fits } = await readStream(store, session, mapping, stream, nowMs);
      if (read >= rows) whole.add(stream.object);
      for (const entity of entities)
        counts.push({ entity, object: stream.object, fits: fits.get(entity) ?? 0, read, rows });
    } catch (error) {
      const { kind, message, cure } = asHeadwaterError(error);
      if (kind === 'bug') throw error;
      const [entity] = stream.entities;
      unread.push({ entity: entity!, object: stream.object, message, cure: cure ?? '' });
    }
  }
  await linkDeals(store, CONNECTION, {
    rules: mapping.dealPartner,
    money: { reportingCurrency: mapping.settings.reportingCurrency, asOfMs: nowMs },
    version: mapping.version,
  });
  const found = await dealsByRule(store, CONNECTION);
  const linked = found.filter(({ via }) => via !== null);
  const sum = (of: typeof found): number => of.reduce((all, one) => all + one.deals, 0);
  const feeds = wholeFeedsOf(mapping);
  return {
    calls: session.calls() - before,
    counts,
    deals: {
      read: sum(found),
      withPartner: sum(linked),
      byRule: Object.fromEntries(linked.map(({ via, deals }) => [via, deals])),
    },
    // A list of stages that could not be read would leave every stage unlisted.
    unlistedStages: unread.length > 0 ? [] : stageTroubles(await unlistedStages(store, CONNECTION)),
    contradictedStages: await contradictedStages(store, CONNECTION, mapping.fixedStages),
    lostReferences: await lostReferences(store, CONNECTION, feedsOf(mapping), (entity) =>
      feeds(entity)?.every((object) => whole.has(object)) === true ? feeds(entity) : null,
    ),
    ...severalTold(await findSeveral(store, CONNECTION, mapping)),
    unread,
  };
}

/** Rows that a trial has no need of are not read; that the CRM takes their filter is seen. */
async function tryFilter(session: CrmSession, stream: StreamSpec): Promise<void> {
  if (stream.where.length > 0)
    await session.count({ ...stream, range: { kind: 'all' }, includeDeleted: false });
}

async function readStream(
  store: Store,
  session: CrmSession,
  mapping: CompiledMapping,
  stream: StreamSpec,
  nowMs: number,
): Promise<{ read: number; rows: number; fits: Map<EntityName, number> }> {
  const fits = new Map<EntityName, number>();
  const before = session.calls();
  const request = { ...stream, range: { kind: 'all' as const }, includeDeleted: false };
  const inDoubt = (): boolean =>
    stream.entities.some((entity) => ESSENTIAL.includes(entity) && !fits.has(entity));
  let read = 0;
  let next: string | null = null;
  do {
    const page = await session.read(request, next);
    const rows = page.rows.filter((row) => !row.deleted);
    // What a condition leaves out comes as a tombstone; here there is nothing for it to take away.
    const mapped = rows.flatMap((row) => mapping.mapRow(row).rows.filter((one) => !one.deleted));
    for (const { entity } of mapped) fits.set(entity, (fits.get(entity) ?? 0) + 1);
    await store.batch([
      ...saveLocal(
        store,
        CONNECTION,
        rows.map((row) => ({ row, hash: '' })),
        mapping.version,
        nowMs,
      ),
      ...saveMapped(store, CONNECTION, mapped, nowMs),
    ]);
    read += rows.length;
    next = page.next;
  } while (
    next !== null &&
    session.calls() - before < (inDoubt() ? TRIAL_CALLS_IN_DOUBT : TRIAL_CALLS)
  );
  // What is left is counted by the CRM; a row that came meanwhile makes no count smaller than read.
  const rows = next === null ? read : Math.max(read + 1, await session.count(request));
  return { read, rows, fits };
}

/** A model that is empty is a fault of the mapping, told with the place that must change. */
export function trialFaults(text: string, trial: Trial): MappingFault[] {
  const { locate } = parseMapping(text);
  const fault = (
    severity: MappingFault['severity'],
    path: string[],
    message: string,
    cure: string,
  ): MappingFault => {
    const { line, column } = locate(path);
    return { severity, line, column, path: path.join('.'), message, cure };
  };
  const empty = ESSENTIAL.flatMap((entity): MappingFault[] => {
    const counts = trial.counts.filter((one) => one.entity === entity);
    if (counts.length === 0 || counts.some(({ fits }) => fits > 0)) return [];
    const whole = counts.every(({ read, rows }) => read === rows);
    const looked = counts
      .map(
        ({ object, read, rows }) =>
          `${read === rows ? '' : `the first ${read} of `}${rows} rows of ${object}`,
      )
      .join(' and ');
    return [
      fault(
        whole ? 'error' : 'warning',
        ['entities', entity],
        `No ${entity} at all: none of ${looked} is one by this mapping.`,
        `Correct \`where\` and the fields of \`entities.${entity}\`; \`headwater mapping preview ${counts[0]!.object}\` shows real records before and after.`,
      ),
    ];
  });
  const dealsWhole = trial.counts.every(({ read, rows }) => read === rows);
  if (empty.length === 0 && trial.deals.read > 0 && trial.deals.withPartner === 0)
    empty.push(
      fault(
        dealsWhole && trial.unread.length === 0 ? 'error' : 'warning',
        ['dealPartner'],
        `No deal has a partner: none of the rules finds one for any of ${trial.deals.read} deals.`,
        'Map `entities.deal.fields.partnerId` or `entities.dealPartner` to what names the partner, or add a rule under `dealPartner`.',
      ),
    );
  return [
    ...trial.unread.map(({ entity, object, message, cure }) =>
      fault('error', ['entities', entity], `${object} cannot be read: ${message}`, cure),
    ),
    ...empty,
  ];
}
