import { safeDeal, SHARED_DEAL_FIELDS, type JointDeal } from '../../model/partner-safe.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { ruleObject, sourcesOf } from '../../mapping/document/sources.ts';
import { partnersOn } from '../../store/cosell.ts';
import { dealRows } from '../../store/deal-views.ts';
import { dealsById, readStages } from '../../store/facts.ts';
import type { Store } from '../../store/store.ts';

const EVERY = {
  ...{ name: null, partnerId: null, ownerId: null, state: null, health: null },
  zombie: false,
};

/**
 * A deal as one of the partners on it may see it. null = there is no such deal, or the partner does
 * not stand on it: which of both is nobody's business.
 */
export async function jointDeal(
  store: Store,
  connectionId: string,
  ids: string[],
  accountId: string,
): Promise<JointDeal | null> {
  const page = { order: 'name', skip: 0, limit: 1 } as const;
  const [row] = await dealRows(store, connectionId, { ...EVERY, ids }, page);
  if (row === undefined) return null;
  const own = (await partnersOn(store, connectionId, row.id)).find(
    ({ partnerId }) => partnerId === accountId,
  );
  if (own === undefined) return null;
  const [facts] = await dealsById(store, connectionId, [row.id]);
  const stages = await readStages(store, connectionId);
  // The whole row goes in: what leaves is decided by the list, not here.
  return safeDeal({
    ...row,
    product: facts?.product ?? null,
    stage: stages.find(({ key }) => key === row.stage)?.label ?? row.stage,
    roles: own.roles,
  });
}

/** Fields of the CRM that hold what a partner may see of a deal, object by object. */
export function sharedDealFields(
  document: MappingDocument,
): { object: string; fields: string[] }[] {
  const safe: readonly string[] = SHARED_DEAL_FIELDS;
  const found = sourcesOf(document)
    .filter(({ entity }) => entity === 'deal')
    .map(({ source: { object, fields } }) => ({
      object,
      fields: Object.entries(fields).flatMap(([field, rule]) => {
        const { field: path } = ruleObject(rule);
        return safe.includes(field) && path !== undefined ? [path] : [];
      }),
    }));
  return [...Map.groupBy(found, ({ object }) => object)].map(([object, own]) => ({
    object,
    fields: [...new Set(own.flatMap(({ fields }) => fields))],
  }));
}
