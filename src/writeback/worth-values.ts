import type { CrmValue } from '../model/connector.ts';
import type { PartnerWorth, Valued } from '../model/worth.ts';

const band = (name: string, value: Valued | undefined): Record<string, CrmValue> => ({
  [name]: value?.mean ?? null,
  [`${name}Low`]: value?.low ?? null,
  [`${name}High`]: value?.high ?? null,
});

/** What a partner is worth; empty in scores of an earlier version. */
export const worthValues = (worth: PartnerWorth | undefined): Record<string, CrmValue> => ({
  ...band('partner.value1y', worth?.value?.value1y),
  ...band('partner.value3y', worth?.value?.value3y),
  'partner.active': worth?.value === undefined ? null : 100 * worth.value.active,
});
