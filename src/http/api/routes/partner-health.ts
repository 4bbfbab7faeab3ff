import { healthList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { partnerHealth } from '../shapes/traits.ts';

export const partnerHealthRoutes = [
  partnerListRoute({
    ...{ path: 'partner-health', name: 'health', shape: partnerHealth, list: healthList },
    summary: 'Health of partners by six pillars, the worst first',
  }),
];
