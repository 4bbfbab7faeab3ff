import type { CrmSession, CrmValue } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { LeadSource } from '../../model/routing.ts';
import { readByIds } from '../read/read-all.ts';
import type { Wanted } from './routing.ts';

const words = (value: CrmValue | undefined): string | null => {
  const text = String(value ?? '').trim();
  return text === '' ? null : text;
};

/**
 * A lead as it stands in the CRM now: it is nobody's row before a partner has it. null = there is
 * none. Errors: `config` where the mapping names no object of leads.
 */
export async function wantedOfLead(
  session: CrmSession,
  source: LeadSource | undefined,
  ids: readonly string[],
): Promise<Wanted | null> {
  if (source === undefined)
    throw new HeadwaterError('config', 'the mapping does not say where leads stand', {
      code: 'NO_LEADS',
      cure: 'Add settings.routing.leads with object and company; see docs/routing.md.',
    });
  const { object, ...named } = source;
  const fields = [...new Set(Object.values(named))].sort();
  const found = await readByIds(session, { object, fields }, [...ids]);
  const row = ids.flatMap((id) => found.get(id) ?? [])[0];
  if (row === undefined || row.deleted) return null;
  const of = (name: keyof typeof named): string | null =>
    named[name] === undefined ? null : words(row.fields[named[name]]);
  const company = of('company') ?? row.id;
  return {
    ...{ name: company, dealId: null, partnerId: null },
    ...{ product: of('product'), industry: of('industry'), region: of('country') },
    customer: { accountId: null, company: of('company'), domain: of('domain') },
  };
}
