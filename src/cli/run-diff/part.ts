import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { IntentFilter } from '../../store/plan-filter.ts';
import { idsOfPartners, recordsOfPartner, recordsOfPartners } from '../../store/run-changes.ts';
import { findRun, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { PlanResult } from '../../sync/write/plan.ts';
import { usage } from '../command.ts';
import type { CliDeps } from '../deps.ts';

export interface PartOptions {
  object?: string;
  partner?: string[];
  field?: string[];
  owner?: string;
  name?: string;
  minMove?: number;
  firstWrite?: boolean;
  signChange?: boolean;
}

const repeated = (one: string, all: string[] = []): string[] => [...all, one];

/** Errors: usage for what is no number, or one below nought. */
function atLeastNought(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw usage('--min-move: needs a number of 0 or more');
  return value;
}

/** Options that choose a part of a run's writes; without them all of it is meant. */
export const withPart = (command: Command): Command =>
  command
    .option('--object <name>', 'only records of this object, by its name, label or id')
    .option('--partner <id or name>', 'only this partner and its deals; may be repeated', repeated)
    .option('--field <name>', 'only this field of the CRM; may be repeated', repeated)
    .option('--owner <id>', 'only records of this owner, by the CRM id')
    .option('--name <text>', 'only records with this in their name')
    .option('--min-move <number>', 'only numbers that move by at least this', atLeastNought)
    .option('--first-write', 'only fields that were empty')
    .option('--sign-change', 'only numbers that change their sign');

/** Options that choose a part, as they are called in an options object. */
export const PART_NAMES = [
  ...['object', 'partner', 'field', 'owner', 'name', 'minMove', 'firstWrite', 'signChange'],
] as const satisfies readonly (keyof PartOptions)[];

interface PlaceOfPart {
  connection: { id: string; crm: string | undefined };
  runId: string;
}

/** What of a run is meant; undefined = all of it. Errors: `config` when nobody is called so. */
export async function partOf(
  deps: CliDeps,
  store: Store,
  { connection, runId }: PlaceOfPart,
  options: PartOptions,
): Promise<IntentFilter | undefined> {
  if (PART_NAMES.every((name) => options[name] === undefined)) return undefined;
  const { object, partner, field, owner, name, minMove, firstWrite, signChange } = options;
  return {
    object: object === undefined ? null : await objectOf(store, runId, object),
    recordIds: partner === undefined ? null : await recordsOf(deps, store, connection, partner),
    ...{ fields: field ?? null, ownerId: owner ?? null, name: name ?? null },
    ...{ minMove: minMove ?? null, firstWrite: firstWrite ?? false },
    signChange: signChange ?? false,
  };
}

/**
 * Records of the partners that are meant, and of their deals. Errors: `config` for a name of
 * nobody.
 */
async function recordsOf(
  deps: CliDeps,
  store: Store,
  connection: PlaceOfPart['connection'],
  partner: string[],
): Promise<string[]> {
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
  return recordIds;
}

/**
 * As the run calls the object that a person means. Errors: `config` when it writes to none so
 * called.
 */
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
