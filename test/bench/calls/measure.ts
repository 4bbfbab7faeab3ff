/** The runs of the benchmark, one after the other on one company, each with its calls and floor. */
import type { CrmSession } from '../../../src/model/connector.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import type { Store } from '../../../src/store/store.ts';
import { localPage } from '../../../src/store/rows.ts';
import { testDeps } from '../../connectors/hubspot/support/deps.ts';
import { openMemory } from '../../store/open.ts';
import { countedRun, type Counted } from './count.ts';
import type { Crm, CrmName } from './crms.ts';
import { fewestCalls, fewestWrites } from './floor.ts';

const HOUR_MS = 3_600_000;
/** Of the deals, how many people change between two runs. */
const CHANGED_SHARE = 0.01;
const DEALS = {
  salesforce: { object: 'Opportunity', amount: 'Amount' },
  hubspot: { object: 'deals', amount: 'amount' },
} as const;

interface Figure {
  calls: number;
  floor: number;
  ratio: number;
  /** Objects that were read. */
  objects: number;
  routes?: Record<string, number>;
}

export interface CallFigures {
  first: Figure;
  quiet: Figure;
  changed: Figure;
  /** Only the calls that write. */
  writeBack: Pick<Figure, 'calls' | 'floor' | 'ratio'> & { records: number };
  nextDay: Figure;
  /** Of the calls of the first run. */
  nextDayShare: number;
}

const share = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 1000;

export async function measureCalls(crm: Crm, name: CrmName, routes = false): Promise<CallFigures> {
  const store = openMemory();
  const session = await crm.connector.open(crm.settings, crm.secrets, depsOf(crm));
  const run = async (hours: number, id: string, dryRun = true): Promise<Counted> => {
    crm.sandbox.clock.advance(hours * HOUR_MS);
    return await countedRun(crm, store, id, { dryRun, full: false });
  };
  const figure = async (counted: Counted): Promise<Figure> => {
    const { pulled } = counted.outcome.summary;
    const floor = fewestCalls(name, pulled, await linksOf(session, counted));
    const { calls } = counted;
    const told = { calls, floor, ratio: share(calls, floor), objects: pulled.length };
    return routes ? { ...told, routes: counted.routes } : told;
  };
  try {
    const first = await figure(await run(0, 'first'));
    await run(1, 'after');
    const quiet = await figure(await run(1, 'quiet'));
    await changeDeals(session, store, name);
    const changed = await figure(await run(1, 'changed'));
    await run(1, 'settled');
    const nextDay = await figure(await run(25, 'next-day'));
    await deploy(session, crm, name);
    const { applied } = (await run(1, 'write', false)).outcome.summary;
    const written = applied.map(({ records }) => records);
    const calls = applied.reduce((sum, each) => sum + each.calls, 0);
    const floor = fewestWrites(name, written);
    return {
      ...{ first, quiet, changed, nextDay, nextDayShare: share(nextDay.calls, first.calls) },
      writeBack: {
        ...{ calls, floor, ratio: share(calls, floor) },
        records: written.reduce((sum, n) => sum + n, 0),
      },
    };
  } finally {
    await session.close();
    store.close();
  }
}

const depsOf = (crm: Crm) => testDeps({ nowMs: () => crm.sandbox.clock.nowMs() });

/** Kinds of association that a run read, by the name of the object that they lead away from. */
async function linksOf(session: CrmSession, counted: Counted): Promise<Record<string, number>> {
  const links: Record<string, number> = {};
  for (const { object } of counted.outcome.summary.pulled) {
    const names = [object, ...((await session.describe(object))?.aliases ?? [])];
    links[object] = Object.keys(counted.routes).filter((route) =>
      names.some((word) => route.startsWith(`POST /crm/associations/${word}/`)),
    ).length;
  }
  return links;
}

async function changeDeals(session: CrmSession, store: Store, name: CrmName): Promise<void> {
  const { object, amount } = DEALS[name];
  const all = await localPage(store, 'bench', object, '', 1_000_000);
  const rows = all
    .filter(({ row }) => !row.deleted)
    .slice(0, Math.ceil(all.length * CHANGED_SHARE))
    .map(({ row }, n) => ({ id: row.id, fields: { [amount]: 1000 + n } }));
  for (let from = 0; from < rows.length; from += 100)
    await session.write(object, rows.slice(from, from + 100));
}

/** The fields that the mapping writes, which a new org has not. */
async function deploy(session: CrmSession, crm: Crm, name: CrmName): Promise<void> {
  const { compiled, faults } = await prepareMapping(session, crm.mappingText, name);
  if (compiled === null) throw new Error(JSON.stringify(faults));
  const specs = compiled.writes.flatMap((write) => write.fields.map((field) => field.spec));
  const results = await session.deployFields(await session.planFields(specs));
  const failed = results.filter((result) => result.error !== null);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
}
