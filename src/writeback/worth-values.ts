import type { CrmValue } from '../model/connector.ts';
import type { Speech } from '../model/language/languages.ts';
import type { PartnerScore } from '../model/score.ts';
import type { Valued } from '../model/worth.ts';
import { tierText } from './tier-text.ts';

const band = (name: string, value: Valued | undefined): Record<string, CrmValue> => ({
  [name]: value?.mean ?? null,
  [`${name}Low`]: value?.low ?? null,
  [`${name}High`]: value?.high ?? null,
});

/** What a partner is worth and where it stands; empty in scores of an earlier version. */
export const worthValues = (
  { worth, climb }: Pick<PartnerScore, 'worth' | 'climb'>,
  speech: Speech,
): Record<string, CrmValue> => ({
  ...band('partner.value1y', worth?.value?.value1y),
  ...band('partner.value3y', worth?.value?.value3y),
  'partner.active': worth?.value === undefined ? null : 100 * worth.value.active,
  'partner.tier': worth?.tier?.tier ?? null,
  'partner.tierNext':
    worth?.tier === undefined ? null : tierText(worth.tier, climb?.type ?? null, speech),
});
