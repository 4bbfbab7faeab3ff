import * as z from 'zod';
import type { Caller } from './call.ts';
import { plainGet } from './requests.ts';

const details = z.object({
  portalId: z.union([z.number(), z.string()]).transform(String),
  timeZone: z.string().nullish(),
  companyCurrency: z.string().nullish(),
  additionalCurrencies: z.array(z.string()).nullish(),
  uiDomain: z.string().nullish(),
});

export interface Account {
  portalId: string;
  timeZone: string | null;
  currency: string | null /** Besides the company's own. */;
  currencies: string[];
  uiDomain: string | null;
  readAtServerMs: number | null;
}

/** The portal, asked anew; `Client.account` keeps the first answer. */
export async function fetchAccount(client: Caller): Promise<Account> {
  const answer = await client.json(
    { build: plainGet('/account-info/v3/details'), effect: 'read', what: 'reading the portal' },
    details,
  );
  return {
    portalId: answer.portalId,
    timeZone: answer.timeZone ?? null,
    currency: answer.companyCurrency ?? null,
    currencies: answer.additionalCurrencies ?? [],
    uiDomain: answer.uiDomain ?? null,
    readAtServerMs: client.transport.readings.serverMs,
  };
}
