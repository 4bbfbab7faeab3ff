import { foundOfAll } from '../../../sync/measure/found.ts';
import { returnList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { costCoverage, partnerReturn } from '../shapes/returns.ts';

export const returnRoutes = [
  partnerListRoute({
    ...{ path: 'return', name: 'return', shape: partnerReturn, list: returnList },
    summary: 'What came back of what was spent on partners, on margin',
    beside: {
      shape: { coverage: costCoverage },
      of: async (store, { resultsId }) => ({
        coverage: (await foundOfAll(store, resultsId)).coverage,
      }),
    },
  }),
];
