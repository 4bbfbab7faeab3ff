import { salesforce } from '../../connectors/salesforce/index.ts';
import { runConformance } from './run.ts';
import { salesforceWorld } from './worlds/salesforce.ts';

runConformance({ name: 'salesforce', connector: salesforce, world: salesforceWorld });
/** The same statements when everything past the first page comes by Bulk 2.0. */
runConformance({
  name: 'salesforce by Bulk',
  connector: salesforce,
  world: async () => await salesforceWorld({ bulkFromRows: 0 }),
});
