/**
 * `npm run bench:calls [-- --partners 500 --deals 20000 --crm hubspot]`: API calls of a first run,
 * a quiet one, one after 1 % of the deals changed, one that writes every score, and the first of the
 * next day, beside the fewest that the vendor's page sizes allow for the rows that were read and
 * written. JSON; the same on every machine.
 */
import { parseArgs } from 'node:util';
import { openCrm, type CrmName } from './calls/crms.ts';
import { measureCalls } from './calls/measure.ts';

const { values } = parseArgs({
  options: {
    partners: { type: 'string', default: '60' },
    deals: { type: 'string', default: '2000' },
    crm: { type: 'string', default: 'both' },
    routes: { type: 'boolean', default: false },
  },
});

const names: CrmName[] =
  values.crm === 'both'
    ? ['salesforce', 'hubspot']
    : [values.crm === 'hubspot' ? 'hubspot' : 'salesforce'];
for (const name of names) {
  const size = { partners: Number(values.partners), deals: Number(values.deals), seed: 3 };
  const crm = await openCrm(name, size);
  try {
    const figures = await measureCalls(crm, name, values.routes);
    process.stdout.write(`${JSON.stringify({ bench: 'calls', crm: name, ...size, ...figures })}\n`);
  } finally {
    await crm.sandbox.close();
  }
}
