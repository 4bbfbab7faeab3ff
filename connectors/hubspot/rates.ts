import { z } from 'zod';
import type { Client } from './client.ts';
import { plainGet } from './requests.ts';
import { instantMs } from './values.ts';
import type { ListedRow } from './virtual.ts';

const answer = z.object({
  results: z.array(
    z.object({
      fromCurrencyCode: z.string(),
      toCurrencyCode: z.string(),
      conversionRate: z.number().positive(),
      effectiveAt: z.string().nullish(),
      updatedAt: z.string().nullish(),
    }),
  ),
});

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
      const effectiveMs = instantMs(rate.effectiveAt ?? '');
      return {
        id: rate.fromCurrencyCode,
        stampMs: instantMs(rate.updatedAt ?? '') || 0,
        values: {
          id: rate.fromCurrencyCode,
          code: rate.fromCurrencyCode,
          perCompany: 1 / rate.conversionRate,
          effectiveAt: Number.isNaN(effectiveMs) ? null : new Date(effectiveMs).toISOString(),
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
