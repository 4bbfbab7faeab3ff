import { foundOfAll } from '../../../sync/measure/found.ts';
import { customerList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { customerValue, customerValues } from '../shapes/returns.ts';

export const customerValueRoutes = [
  partnerListRoute({
    ...{ path: 'customer-value', name: 'value', shape: customerValue, list: customerList },
    summary: 'What customers of partners are worth beside direct ones of the same industries',
    beside: {
      shape: { customers: customerValues },
      of: async (store, { resultsId }) => ({
        customers: (await foundOfAll(store, resultsId)).customers,
      }),
    },
  }),
];
