/**
 * What a large org does before anybody asks it: the rubbish of the loading is taken away, and the
 * evaluator is compiled by use.
 */
import type { SalesforceVendor } from './http/vendor.ts';
import type { OrgUser } from './org-types.ts';
import { innerRequest } from './http/access.ts';

/** The compiler takes its last pass after some twenty thousand rows. */
const WARMING_PAGES = 12;
const SYSTEM_FIELDS = 'Id, SystemModstamp, CreatedDate, CreatedById, CreatedBy.Name';
const WARMED: readonly (readonly [object: string, fields: string])[] = [
  [
    'Opportunity',
    `${SYSTEM_FIELDS}, Name, AccountId, OwnerId, StageName, Amount, CloseDate, Probability, Account.Name, Owner.Name`,
  ],
  ['Task', `${SYSTEM_FIELDS}, Subject, WhatId, WhoId, ActivityDate`],
  ['OpportunityHistory', `${SYSTEM_FIELDS}, StageName, Amount, CloseDate`],
];

/**
 * Reads the first pages of what is large as a sync would, outside budget and log. Throws when
 * the org cannot read itself.
 */
export async function settle(vendor: SalesforceVendor, user: OrgUser): Promise<void> {
  // There only in a process started with --expose-gc, as the command line does for large sandboxes.
  // First, because it also throws compiled code away.
  globalThis.gc?.();
  for (const [object, fields] of WARMED) {
    let where = 'SystemModstamp >= 2000-01-01T00:00:00Z';
    for (let page = 0; page < WARMING_PAGES; page++) {
      const soql = `SELECT ${fields} FROM ${object} WHERE ${where} ORDER BY SystemModstamp, Id LIMIT 2000`;
      const request = new Request(
        `http://127.0.0.1/services/data/v66.0/query?q=${encodeURIComponent(soql)}`,
      );
      // As a part of a composite call: neither counted nor logged.
      const answer = await vendor.site.inner(
        innerRequest(request, { user, session: vendor.startSession }),
      );
      if (!answer.ok)
        throw new Error(`the sandbox cannot read its own ${object}: ${await answer.text()}`);
      const { records } = (await answer.json()) as {
        records: { Id: string; SystemModstamp: string }[];
      };
      const last = records.at(-1);
      if (last === undefined) break;
      // Every other time from the start again: a sync's very first page is
      // the one that must be quick.
      const stamp = last.SystemModstamp.replace('+0000', 'Z');
      where =
        page % 2 === 0
          ? `(SystemModstamp = ${stamp} AND Id > '${last.Id}') OR SystemModstamp > ${stamp}`
          : `SystemModstamp >= ${2001 + page}-01-01T00:00:00Z`;
    }
  }
}
