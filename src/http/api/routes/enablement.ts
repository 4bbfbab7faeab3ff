import * as z from 'zod';
import { foundOfAll } from '../../../sync/measure/found.ts';
import { enablementList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { assetLift, enablement } from '../shapes/enablement.ts';

export const enablementRoutes = [
  partnerListRoute({
    ...{ path: 'enablement', name: 'enablement', shape: enablement, list: enablementList },
    summary: 'Where partners lose more deals than others, and what would help them',
    beside: {
      shape: { lifts: z.array(assetLift) },
      of: async (store, { resultsId }) => ({ lifts: (await foundOfAll(store, resultsId)).lifts }),
    },
  }),
];
