import * as z from 'zod';
import { foundOfAll } from '../../../sync/measure/found.ts';
import { enablementList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { assetLift, certification, enablement } from '../shapes/enablement.ts';

export const enablementRoutes = [
  partnerListRoute({
    ...{ path: 'enablement', name: 'enablement', shape: enablement, list: enablementList },
    summary: 'Where partners lose more deals than others, and what would help them',
    beside: {
      shape: { lifts: z.array(assetLift), certification },
      of: async (store, { resultsId }) => {
        const { lifts, certification: effect } = await foundOfAll(store, resultsId);
        return { lifts, certification: effect };
      },
    },
  }),
];
