import { csv } from '../../connectors/csv/index.ts';
import { runConformance } from './run.ts';
import { csvWorld } from './worlds/csv.ts';

const ON_DISK = 'a disk has no sessions, budgets or wires';
runConformance({
  name: 'csv',
  connector: csv,
  world: csvWorld,
  skip: {
    'reads all rows when the CRM gives smaller pages than asked for':
      'the connector alone decides how many rows a page has',
    'takes a hidden field for none: not described, not read as empty, not written':
      'files have no rights by column',
    'rejects a row that the CRM refuses, with its words': 'files have no rules by row',
    'says so when the outcome of a write is unknown':
      'a file is swapped or it is not, and the call knows which',
    'a busy CRM is a transient error': 'shown by its own tests, with a file that is being written',
    'an answer that is no data is an error, never no rows':
      'shown by its own tests, with damaged files',
    'the end of the session is an auth error': ON_DISK,
    'a used-up budget is a limit error that says when to go on': ON_DISK,
    'calls that are cut on the wire end as errors of ours, and the next ones work': ON_DISK,
  },
});
