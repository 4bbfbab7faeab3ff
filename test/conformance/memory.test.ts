import { memory } from '../../connectors/memory/index.ts';
import { runConformance } from './run.ts';
import { memoryWorld } from './worlds/memory.ts';

runConformance({
  name: 'memory',
  connector: memory,
  world: memoryWorld,
  skip: {
    'calls that are cut on the wire end as errors of ours, and the next ones work':
      'it has no wire',
  },
});
