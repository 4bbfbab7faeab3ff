import * as z from 'zod';
import { readOnlyField } from '../kit/fields.ts';
import { anything, asSent, textOrNull } from '../kit/values.ts';
import type { Client } from './client.ts';
import { plainGet } from './requests.ts';
import { canonical, instantMs } from './values.ts';
import type { ListedRow } from './virtual.ts';

const answer = z.object({
  results: z.array(
    z.object({
      fromCurrencyCode: z.string(),
      toCurrencyCode: z.string(),
      conversionRate: anything,
      effectiveAt: anything,
      updatedAt: anything,
    }),
  ),
});

const EFFECTIVE_AT = readOnlyField('effectiveAt', 'datetime');

/** A rate that is none stays as it was sent, in words that no number has: nothing is paid by it. */
const reverse = (rate: unknown): number | string | null => {
  if (typeof rate === 'number' && rate > 0) return 1 / rate;
  const text = textOrNull(rate);
  return text === null ? null : `1 / ${text}`;
};

/**
 * Current rates of the portal's currencies. HubSpot tells company money for one unit of the other
 * currency; the rows tell the reverse.
 */
export async function readRates(client: Client): Promise<ListedRow[]> {
  const { currency } = await client.account();
  const { results } = await client.json(
    {
      build: plainGet('/settings/v3/currencies/exchange-rates/current'),
      effect: 'read',
      what: 'reading exchange rates',
    },
    answer,
  );
  const rates = results
    .filter((rate) => rate.toCurrencyCode === currency && rate.fromCurrencyCode !== currency)
    .map((rate): ListedRow => {
      return {
        id: rate.fromCurrencyCode,
        stampMs: instantMs(asSent(rate.updatedAt)) || 0,
        values: {
          id: rate.fromCurrencyCode,
          code: rate.fromCurrencyCode,
          perCompany: reverse(rate.conversionRate),
          effectiveAt: canonical(EFFECTIVE_AT, rate.effectiveAt),
        },
      };
    });
  return currency === null
    ? rates
    : [
        {
          id: currency,
          stampMs: 0,
          values: { id: currency, code: currency, perCompany: 1, effectiveAt: null },
        },
        ...rates,
      ];
}
