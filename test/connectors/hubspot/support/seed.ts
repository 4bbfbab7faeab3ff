import { linkRecords } from '../../../../src/sandbox/hubspot/http/associate.ts';
import type { ObjectType, Source } from '../../../../src/sandbox/hubspot/model/types.ts';
import type { Portal } from '../../../../src/sandbox/hubspot/portal.ts';
import { checkChanges, createRecord } from '../../../../src/sandbox/hubspot/records/write.ts';

const source: Source = { sourceType: 'CRM_UI', sourceId: 'userId:1', userId: 1 };

export function addRecord(
  portal: Portal,
  object: string,
  values: Record<string, unknown>,
  atMs: number,
): string {
  const type: ObjectType = portal.typeNamed(object);
  return createRecord(portal, type, checkChanges(portal, type, null, values), {
    atMs,
    source,
    loading: true,
  }).id;
}

/** Links a deal with a company, under a label when one is named. */
export function linkCompany(
  portal: Portal,
  dealId: string,
  companyId: string,
  label: string | null,
): void {
  const kinds = portal.associationTypes
    .between('0-3', '0-2')
    .filter((kind) => kind.label === label);
  if (kinds.length === 0) throw new Error(`no association label ${label}`);
  linkRecords(portal, dealId, companyId, kinds, { atMs: 0, source, loading: true });
}

/** `count` deals; `stampOf` says when each was last changed. Returns their ids. */
export const addDeals = (portal: Portal, count: number, stampOf: (n: number) => number): string[] =>
  Array.from({ length: count }, (_, n) =>
    addRecord(
      portal,
      'deals',
      {
        dealname: `Deal ${n}`,
        amount: n % 4 === 0 ? null : n * 1.5,
        dealstage: 'qualifiedtobuy',
        closedate: '2026-12-31',
      },
      stampOf(n),
    ),
  );
