import { allConcentration, valueList } from '../../../sync/measure/value-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { concentration, partnerValue } from '../shapes/worth.ts';

export const valueRoutes = [
  partnerListRoute({
    ...{ path: 'value', name: 'value', shape: partnerValue, list: valueList },
    summary: 'What partners are worth, the most valuable first, and how few bring how much',
    beside: {
      shape: {
        concentration: concentration
          .nullable()
          .describe('Of all partners; null = nobody won anything in twelve months'),
      },
      of: async (store, place) => ({ concentration: await allConcentration(store, place) }),
    },
  }),
];
