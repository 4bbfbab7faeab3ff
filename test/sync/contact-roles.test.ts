import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { deals } from '../../src/store/schema.ts';
import { MAPPING, openLab, type Lab } from './lab.ts';

/** Beside the partners of a deal, people of a partner who have a role on it. */
function withContactRoles(text: string): string {
  const document = parse(text) as { entities: Record<string, unknown> };
  document.entities['dealPartner'] = [
    document.entities['dealPartner'],
    {
      object: 'OpportunityContactRole',
      fields: { dealId: 'OpportunityId', partnerId: 'Contact.AccountId', role: 'Role' },
    },
  ];
  return stringify(document);
}

interface Row {
  Id: string;
  AccountId: string | null;
  PartnerAccountId: string | null;
}

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

it('a contact role links a deal to the partner whose person it names, and to nobody where it names the customer’s', async () => {
  const dump = (await lab.control(
    'GET',
    '/dump?objects=Opportunity,OpportunityPartner,Contact',
  )) as Record<string, Row[]>;
  const linked = new Set(
    (dump['OpportunityPartner'] as unknown as { OpportunityId: string }[]).map(
      (row) => row.OpportunityId,
    ),
  );
  const [first, second] = dump['Opportunity']!.filter(
    (row) =>
      row.PartnerAccountId === null &&
      !linked.has(row.Id) &&
      dump['Contact']!.some((contact) => contact.AccountId === row.AccountId),
  );
  const partner = dump['Opportunity']!.find((row) => row.PartnerAccountId !== null)!;
  const personOf = (account: string | null): string =>
    dump['Contact']!.find((contact) => contact.AccountId === account)!.Id;
  const roles = [
    [first!, personOf(partner.PartnerAccountId)],
    [second!, personOf(second!.AccountId)],
  ] as const;
  await lab.control(
    'POST',
    '/records',
    roles.map(([deal, contact]) => ({
      ...{ op: 'insert', object: 'OpportunityContactRole' },
      fields: { OpportunityId: deal.Id, ContactId: contact, Role: 'Evaluator' },
    })),
  );
  lab.mapping.text = withContactRoles(MAPPING);
  const { summary } = await lab.sync();
  const found = await lab.store.db
    .select({ id: deals.id, partnerId: deals.resolvedPartnerId, via: deals.resolvedVia })
    .from(deals)
    .where(inArray(deals.id, [first!.Id, second!.Id]));
  expect(found).toEqual([
    { id: first!.Id, partnerId: partner.PartnerAccountId, via: 'role' },
    { id: second!.Id, partnerId: null, via: null },
  ]);
  // The customer's own people lead to an account, which is no partner: nothing is lost.
  expect(summary.lostReferences).toEqual([]);
});
