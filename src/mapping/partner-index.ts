import { hostOf, isPublicMailHost, registrableDomain } from '../model/domain.ts';

/** A partner that a plan or a signal may be for. */
export interface NamedPartner {
  id: string;
  /** The account that deals name, where the partner is a record of its own. */
  accountId: string | null;
  name: string;
  domain: string | null;
}

const plain = (text: string): string =>
  text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');

/** Null where the host says nothing of a company. */
function domainOf(text: string | null): string | null {
  const domain = registrableDomain(hostOf(text));
  return domain === null || isPublicMailHost(domain) ? null : domain;
}

/**
 * Looks partners up by record id, account id, whole name, web domain or the domain of a mail
 * address. Several of one name or domain are all found.
 */
export function partnerIndex(partners: readonly NamedPartner[]): (words: string) => NamedPartner[] {
  const byId = new Map<string, NamedPartner>();
  const byName = Map.groupBy(partners, (partner) => plain(partner.name));
  const byDomain = Map.groupBy(partners, (partner) => domainOf(partner.domain));
  for (const partner of partners) {
    byId.set(partner.id, partner);
    if (partner.accountId !== null) byId.set(partner.accountId, partner);
  }
  return (words) => {
    const named = byId.get(words.trim());
    if (named !== undefined) return [named];
    const called = byName.get(plain(words));
    if (called !== undefined) return called;
    const domain = domainOf(words);
    return domain === null ? [] : (byDomain.get(domain) ?? []);
  };
}

/** What a person reads of a name that finds none, or more than one; null = it finds one. */
export function partnerFault(
  words: string,
  found: readonly NamedPartner[],
  near: (words: string) => string | null,
): { code: string; message: string; cure: string } | null {
  if (found.length === 1) return null;
  if (found.length > 1)
    return {
      code: 'PARTNER_TWICE',
      message: `"${words}" may mean ${found.length} partners: ${found
        .slice(0, 5)
        .map((one) => one.id)
        .join(', ')}`,
      cure: 'Give the CRM id.',
    };
  const meant = near(words);
  return {
    code: 'UNKNOWN_PARTNER',
    message: `no partner is called "${words}", and none has that id`,
    cure:
      meant === null
        ? 'Give the CRM id, or sync first: partners come from the CRM.'
        : `Did you mean "${meant}"?`,
  };
}
