import { c3List } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { c3 } from '../shapes/traits.ts';

export const c3Routes = [
  partnerListRoute({
    ...{ path: 'c3', name: 'c3', shape: c3, list: c3List },
    summary: 'Capability, capacity and commitment of partners, with parts',
  }),
];
