/**
 * `npm run bench:calls [-- --partners 500 --deals 20000 --crm hubspot]`: API calls of a first run,
 * a quiet one, and the first of the next day, beside the fewest that the vendor's page sizes allow
 * for the rows that were read. JSON; the same on every machine.
 */
import { parseArgs } from 'node:util';
import { openMemory } from '../store/open.ts';
import { countedRun, type Counted } from './calls/count.ts';
import { openCrm, type CrmName } from './calls/crms.ts';
import { fewestCalls } from './calls/floor.ts';

const { values } = parseArgs({
  options: {
    partners: { type: 'string', default: '60' },
    deals: { type: 'string', default: '2000' },
    crm: { type: 'string', default: 'both' },
    routes: { type: 'boolean', default: false },
  },
});
const HOUR_MS = 3_600_000;

const line = (crm: CrmName, run: Counted) => {
  const floor = fewestCalls(crm, run.outcome.summary.pulled);
  return {
    calls: run.calls,
    floor,
    ratio: Math.round((run.calls / floor) * 100) / 100,
    ...(values.routes ? { routes: run.routes } : {}),
  };
};

async function measure(name: CrmName) {
  const size = { partners: Number(values.partners), deals: Number(values.deals), seed: 3 };
  const crm = await openCrm(name, size);
  const store = openMemory();
  const later = async (hours: number, run: string) => {
    crm.sandbox.clock.advance(hours * HOUR_MS);
    return line(name, await countedRun(crm, store, run, { dryRun: true, full: false }));
  };
  try {
    const first = await later(0, 'first');
    await later(1, 'after');
    const quiet = await later(1, 'quiet');
    return { crm: name, ...size, first, quiet, nextDay: await later(25, 'next-day') };
  } finally {
    store.close();
    await crm.sandbox.close();
  }
}

const names: CrmName[] =
  values.crm === 'both'
    ? ['salesforce', 'hubspot']
    : [values.crm === 'hubspot' ? 'hubspot' : 'salesforce'];
for (const name of names)
  process.stdout.write(`${JSON.stringify({ bench: 'calls', ...(await measure(name)) })}\n`);
