import { hubspot } from '../../connectors/hubspot/index.ts';
import { runConformance } from './run.ts';
import { hubspotWorld } from './worlds/hubspot.ts';

const skip = {
  'takes a hidden field for none: not described, not read as empty, not written':
    'a token with the object scope sees all of its properties',
  'rejects a row that the CRM refuses, with its words':
    'validation rules hold on the dated paths only, and the connector writes by batches',
};
runConformance({ name: 'hubspot', connector: hubspot, world: hubspotWorld, skip });
runConformance({
  name: 'hubspot by dated paths',
  connector: hubspot,
  world: async () => await hubspotWorld({ apiVersion: '2026-09' }),
  skip,
});
