import { and, asc, eq, lt } from 'drizzle-orm';
import { alive } from './alive.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { FIT_ASKED_MS, REPLACED_FIT_MS } from './retention.ts';
import { fits, partners } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** What a fit is of: the win model as of a moment, or the replay of the period that ended then. */
export interface FitName {
  kind: 'win' | 'past';
  atMs: number;
  /** Of everything that it follows from. */
  hash: string;
}

const fitOf = preparedRead({ body: fits.body }, (select) =>
  select
    .from(fits)
    .where(
      and(
        eq(fits.connectionId, given('connectionId')),
        eq(fits.kind, given('kind')),
        eq(fits.atMs, given('atMs')),
        eq(fits.hash, given('hash')),
      ),
    ),
);

/** What an earlier run made of the same inputs; undefined = none has. */
export async function readFit(store: Store, connectionId: string, name: FitName): Promise<unknown> {
  const [found] = await fitOf(store, { connectionId, ...name });
  return found === undefined ? undefined : (JSON.parse(found.body) as unknown);
}

/** Keeps a fit, and drops those of the same moment that it replaced. */
export const saveFit = (
  store: Store,
  connectionId: string,
  name: FitName,
  madeMs: number,
  value: unknown,
): Statement[] => [
  store.db
    .delete(fits)
    .where(
      and(
        eq(fits.connectionId, connectionId),
        eq(fits.kind, name.kind),
        eq(fits.atMs, name.atMs),
        lt(fits.madeMs, madeMs - REPLACED_FIT_MS),
      ),
    ),
  ...upsertRows(store, fits, [{ connectionId, ...name, madeMs, body: JSON.stringify(value) }]),
];

/** Drops the fits that no later run will ask for. */
export const dropOldFits = (store: Store, connectionId: string, nowMs: number): Statement[] =>
  (['win', 'past'] as const).map((kind) =>
    store.db
      .delete(fits)
      .where(
        and(
          eq(fits.connectionId, connectionId),
          eq(fits.kind, kind),
          lt(fits.atMs, nowMs - FIT_ASKED_MS[kind]),
        ),
      ),
  );

const partnersStanding = preparedRead(
  {
    id: partners.id,
    accountId: partners.accountId,
    signedOn: partners.signedOn,
    onboardedOn: partners.onboardedOn,
  },
  (select) => select.from(partners).where(alive(partners)).orderBy(asc(partners.id)),
);

/** All that a replay reads of partners beside their deals. */
export const partnersOfReplay = async (
  store: Store,
  connectionId: string,
): Promise<PartnerOfReplay[]> => await partnersStanding(store, { connectionId });

export type PartnerOfReplay = Awaited<ReturnType<typeof partnersStanding>>[number];
