import type { CompiledMapping } from '../../model/mapping.ts';
import {
  sharedAccounts,
  type Finding,
  type ProfileRule,
  type SharedAccount,
} from '../../store/findings.ts';
import { severalPartners, type SeveralPartners } from '../../store/partner-roles.ts';
import { severalLinksOf, type SeveralLinks } from '../../store/several-links.ts';
import type { Store } from '../../store/store.ts';
import { counted, named } from './doubts.ts';

/** Where the CRM names several records and one counts: by which rule, and what is left out. */
export interface Several {
  partners: SeveralPartners[];
  links: SeveralLinks[];
  /** Partner records of an account for which another one counts. */
  profiles: { rule: ProfileRule; shared: SharedAccount[] };
}

export async function findSeveral(
  store: Store,
  connectionId: string,
  mapping: Pick<CompiledMapping, 'settings' | 'dealPartner'>,
): Promise<Several> {
  const rule = mapping.settings.severalProfiles ?? 'first';
  return {
    partners: await severalPartners(store, connectionId, mapping.dealPartner),
    links: await severalLinksOf(store, connectionId),
    profiles: { rule, shared: await sharedAccounts(store, connectionId, rule) },
  };
}

export const severalFindings = ({ partners, links, profiles }: Several): Finding[] => [
  ...partners.map(partnersFinding),
  ...links.map(linksFinding),
  ...profiles.shared.map((one) => profileFinding(one, profiles.rule)),
];

/** What of it a run tells. */
export interface SeveralTold {
  severalPartners: SeveralPartners[];
  severalLinks: SeveralLinks[];
  severalProfiles: { rule: ProfileRule; partners: number; examples: string[] };
}

/** Partner records that a run names. */
const EXAMPLES = 2;

export const severalTold = ({ partners, links, profiles }: Several): SeveralTold => ({
  severalPartners: partners,
  severalLinks: links,
  severalProfiles: {
    rule: profiles.rule,
    partners: profiles.shared.length,
    examples: profiles.shared.slice(0, EXAMPLES).map(({ id }) => id),
  },
});

/** The same in one line each; nothing in summaries of older versions. */
export const severalLines = (told: Partial<SeveralTold>): string[] => [
  ...(told.severalPartners ?? []).map(partnersText),
  ...(told.severalLinks ?? []).map(linksText),
  ...(told.severalProfiles === undefined || told.severalProfiles.partners === 0
    ? []
    : [profilesText(told.severalProfiles)]),
];

const CHOSEN: Record<SeveralPartners['by'], Record<SeveralPartners['rule'], string>> = {
  role: {
    primary: 'the one marked primary counts, else the one with the lowest id',
    first: 'the one put on the deal first counts',
    none: 'none of them counts',
  },
  registration: {
    primary: 'the one submitted first counts',
    first: 'the one submitted first counts',
    none: 'none of them counts',
  },
};

const leftOutText = (n: number, word: string): string =>
  `${counted(n, word)} ${n === 1 ? 'is' : 'are'} left out`;

const partnersText = ({ by, rule, deals, leftOut, examples }: SeveralPartners): string =>
  `${counted(deals, 'deal')} with several partners by ${by}: ${CHOSEN[by][rule]}, and ${leftOutText(leftOut, 'partner')}; for example ${named(examples)}.`;

const partnersFinding = (several: SeveralPartners, index: number): Finding => ({
  object: 'dealPartner',
  id: String(index),
  entity: 'deal',
  field: 'partnerId',
  code: 'SEVERAL_PARTNERS',
  message: `${partnersText(several)} Say with \`several\` under \`dealPartner\` which one counts, or correct the deals.`,
});

const TAKEN: Record<SeveralLinks['rule'], string> = {
  primary: 'the one marked primary counts, else the first that the CRM names',
  first: 'the oldest one counts',
  none: 'none of them counts',
};

const linksText = (links: SeveralLinks): string =>
  `${links.entity}.${links.field} of ${counted(links.rows, 'row')} of ${links.object} ${links.rows === 1 ? 'names' : 'name'} several records: ${TAKEN[links.rule]}, and ${leftOutText(links.leftOut, 'record')}; as in ${named(links.examples)}.`;

const linksFinding = (links: SeveralLinks): Finding => ({
  object: links.object,
  id: `${links.entity}.${links.field}`,
  entity: links.entity,
  field: links.field,
  code: 'SEVERAL_LINKS',
  message: `${linksText(links)} Say with \`several\` in the field's rule which one counts, or correct the records.`,
});

const SIGNED: Record<ProfileRule, string> = {
  first: 'the one signed first counts',
  last: 'the one signed last counts',
};
const SEVERAL_PROFILES = (rule: ProfileRule): string =>
  `${SIGNED[rule]}, the lowest id where no date tells (\`settings.severalProfiles\`)`;

const profilesText = ({ rule, partners, examples }: SeveralTold['severalProfiles']): string =>
  `${counted(partners, 'partner record')} ${partners === 1 ? 'stands' : 'stand'} for an account that another one stands for: ${SEVERAL_PROFILES(rule)}; left out, for example, ${examples.length === 1 ? 'is' : 'are'} ${named(examples)}.`;

const profileFinding = (
  { object, id, accountId, principalId }: SharedAccount,
  rule: ProfileRule,
): Finding => ({
  object,
  id,
  entity: 'partner',
  field: 'accountId',
  code: 'SHARED_ACCOUNT',
  message: `stands for account ${accountId}, as ${principalId} does: both show the account's score, and its deals count once, with ${principalId}: ${SEVERAL_PROFILES(rule)}. Leave one of them in the mapping's \`where\`, or merge them in the CRM.`,
});
