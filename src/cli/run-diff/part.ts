import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import {
  idsOfPartners,
  recordsOfPartner,
  recordsOfPartners,
  type IntentFilter,
} from '../../store/run-changes.ts';
import { findRun, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { PlanResult } from '../../sync/write/plan.ts';
import type { CliDeps } from '../deps.ts';

export interface PartOptions {
  object?: string;
  partner?: string[];
  strict: boolean;
}

/** Options that choose a part of a run's writes; without them all of it is meant. */
export const withPart = (command: Command): Command =>
  command
    .option('--object <name>', 'only records of this object, by its name, label or id')
    .option(
      '--partner <id or name>',
      'only this partner and its deals; may be repeated',
      (one: string, all: string[] = []) => [...all, one],
    );

interface PlaceOfPart {
  connection: { id: string; crm: string | undefined };
  runId: string;
}

/** What of a run is meant; undefined = all of it. Errors: `config` when nobody is called so. */
export async function partOf(
  deps: CliDeps,
  store: Store,
  { connection, runId }: PlaceOfPart,
  { object: said, partner }: Pick<PartOptions, 'object' | 'partner'>,
): Promise<IntentFilter | undefined> {
  if (said === undefined && partner === undefined) return undefined;
  const object = said === undefined ? null : await objectOf(store, runId, said);
  if (partner === undefined) return { object, recordIds: null };
  const connector =
    connection.crm === undefined ? null : await deps.connector(connection.crm).catch(() => null);
  const spelled = partner.map((one) => ({ one, ids: connector?.spellings?.(one) ?? [one] }));
  // Thousands may be named at once, by the pages: ids are looked up together, words one by one.
  const known = await idsOfPartners(
    store,
    connection.id,
    spelled.flatMap(({ ids }) => ids),
  );
  const byId = spelled.flatMap(({ ids }) => ids).filter((id) => known.has(id));
  const recordIds = await recordsOfPartners(store, connection.id, byId);
  for (const { one, ids } of spelled) {
    if (ids.some((id) => known.has(id))) continue;
    const found = await recordsOfPartner(store, connection.id, one, ids);
    if (one.trim() === '' || found.length === 0)
      throw new HeadwaterError('config', `no partner matches "${one}"`, {
        cure: 'Give its CRM id or a part of its name.',
      });
    recordIds.push(...found);
  }
  return { object, recordIds };
}

/** As the run calls the object that a person means. Errors: `config` when it writes to none so called. */
async function objectOf(store: Store, runId: string, said: string): Promise<string> {
  const plans = await plansOf(store, await findRun(store, runId));
  const wanted = folded(said);
  const found = plans.find(({ object, names = [] }) =>
    [object, ...names].some((name) => folded(name) === wanted),
  );
  if (found !== undefined || plans.length === 0) return found?.object ?? said;
  throw new HeadwaterError('config', `run ${runId} writes to no object called "${said}"`, {
    cure: `It writes to ${plans.map(({ object, names = [] }) => [object, ...names].join(' = ')).join(', ')}.`,
  });
}

const folded = (name: string): string => name.trim().toLowerCase();

/** An undo plans nothing of its own: it writes where the run did that it takes back. */
async function plansOf(store: Store, run: Run | null): Promise<PlanResult[]> {
  const plans = (run?.summary?.['plan'] ?? []) as PlanResult[];
  if (plans.length > 0 || run?.undoes == null) return plans;
  return await plansOf(store, await findRun(store, run.undoes));
}
