import type { BrowserContext, Page } from 'playwright-core';
import { openBench, type Bench } from '../cli/bench.ts';
import { cli, start } from '../cli/harness.ts';

type Crm = 'salesforce' | 'hubspot';

/** What a partner could type into the CRM to have it run in somebody else's browser. */
export const HOSTILE = '<img src=x onerror="document.title=1">';
/** Turns the direction of all that follows, and ends what would have held it in. */
const TURNED = '\u2069\u202e';
/** The shortest name that a CRM takes, less the number behind it. */
const NAME_CHARS = 70;
const WEEK_MS = 7 * 86_400_000;

/** A company at work: a CRM that is written to, a plan that waits, the service over it. */
export interface Office {
  bench: Bench;
  url: string;
  crm: Crm;
  link(role: string): Promise<string>;
  /** What the CRM itself holds. */
  field(object: string, id: string, name: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function openOffice(crm: Crm): Promise<Office> {
  const bench = await openBench({ partners: 5, deals: 60, seed: 21, crm });
  await renameAll(bench, crm);
  await bench.json('field', 'deploy');
  await bench.json('sync', 'run');
  for (const args of [[], ['--dry-run']]) {
    await bench.control('POST', '/clock/advance', { ms: WEEK_MS });
    await bench.json('sync', 'run', ...args);
  }
  const server = start(bench.dir, ['serve', '--port', '0', '--json'], bench.env);
  const { url } = JSON.parse(await server.firstLine) as { url: string };
  return {
    ...{ bench, url, crm },
    link: async (role) => {
      const args = ['session', 'link', '--name', 'ann', '--role', role, '--url', url, '--json'];
      return (JSON.parse((await cli(bench.dir, args)).stdout) as { link: string }).link;
    },
    field: async (object, id, name) => {
      const query = crm === 'salesforce' ? `?fields=${name}` : `?properties=${name}`;
      const held = (await (await ask(bench, pathOf(crm, object, id) + query)).json()) as {
        properties?: Record<string, unknown>;
      } & Record<string, unknown>;
      return (held.properties ?? held)[name] ?? null;
    },
    close: async () => {
      server.child.kill('SIGTERM');
      await server.ended;
      await bench.close();
    },
  };
}

const pathOf = (crm: Crm, object: string, id: string): string =>
  crm === 'salesforce'
    ? `/services/data/v66.0/sobjects/${object}/${id}`
    : // We put the object's type before the number, which alone is unique in one object only.
      `/crm/v3/objects/${object}/${id.replace(/^\d+-\d+-/, '')}`;

const ask = (bench: Bench, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${bench.sandbox.url}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${bench.sandbox.accessToken}`,
      'content-type': 'application/json',
    },
  });

interface Found {
  id: string;
  name: string;
}

/** The first records of an object, as the CRM itself lists them. */
async function listed(bench: Bench, crm: Crm, object: string, name: string): Promise<Found[]> {
  const path =
    crm === 'salesforce'
      ? `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id, ${name} FROM ${object}`)}`
      : `/crm/v3/objects/${object}?limit=100&properties=${name}`;
  const { records, results } = (await (await ask(bench, path)).json()) as {
    records?: Record<string, string>[];
    results?: { id: string; properties: Record<string, string> }[];
  };
  return [
    ...(records ?? []).map((one) => ({ id: one['Id']!, name: one[name]! })),
    ...(results ?? []).map(({ id, properties }) => ({ id, name: properties[name] ?? '' })),
  ];
}

/** What somebody may type freely, by object. */
const TYPED: Record<Crm, [object: string, field: string][]> = {
  salesforce: [
    ['Account', 'Name'],
    ['Opportunity', 'Name'],
    ['User', 'LastName'],
    ['Account', 'BillingCountry'],
    ['Partner_Plan__c', 'Name'],
    ['Plan_Target__c', 'Name'],
    ['Plan_Milestone__c', 'Name'],
  ],
  hubspot: [
    ['companies', 'name'],
    ['companies', 'country'],
    ['deals', 'dealname'],
  ],
};

/** Every name becomes markup that turns the direction of what follows it. */
async function renameAll(bench: Bench, crm: Crm): Promise<void> {
  for (const [object, field] of TYPED[crm])
    for (const { id, name } of await listed(bench, crm, object, field)) {
      const text = `${HOSTILE}${TURNED} ${name}`.slice(0, NAME_CHARS) + id.slice(-6);
      const own = { [field]: text };
      const changed = await ask(bench, pathOf(crm, object, id), {
        method: 'PATCH',
        body: JSON.stringify(crm === 'salesforce' ? own : { properties: own }),
      });
      if (!changed.ok)
        throw new Error(`${object} ${id}: ${changed.status} ${await changed.text()}`);
    }
}

/** A page on which nothing may go wrong unseen: what it complained of is kept. */
export async function watched(
  context: BrowserContext,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))",
  );
  return { page, complaints };
}
