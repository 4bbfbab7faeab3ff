import type { BudgetReading, ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import type { Described, Describer } from './describe.ts';
import type { Settings } from './settings.ts';

export interface CheckSubjects { settings: Settings; describer: Describer; identity: () => Promise<CrmIdentity>; budget: () => Promise<BudgetReading> }

/** The steps an admin should see pass, in the order in which they depend on each other; none throws. */
export async function check(subjects: CheckSubjects, objects: string[]): Promise<ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  let identity: CrmIdentity | null = null;
  checks.push(await step('Sign in and API access', async () => {
    identity = await subjects.identity();
    return pass(`${identity.userName} at ${identity.orgName} (${identity.instanceUrl}, API ${identity.apiVersion})`);
  }));
  if (identity === null) return checks;
  const { orgId } = identity as CrmIdentity;
  const { settings } = subjects;
  checks.push(await step('Portal', async () => (settings.portalId !== undefined && settings.portalId !== orgId
    ? fail(`${orgId}, and the connection names ${settings.portalId}`, 'Use the credentials of the right portal, or correct `portalId`.') : pass(orgId))));
  for (const object of objects) checks.push(...await checkObject(subjects.describer, object));
  checks.push(await step('API budget', async () => {
    const { usedCalls, limitCalls } = await subjects.budget();
    if (usedCalls !== null && limitCalls !== null) return pass(`${usedCalls} of ${limitCalls} daily calls used`);
    return settings.auth === 'oauth' ? pass('public apps have no daily limit') : fail('HubSpot does not tell how many calls are left', 'Headwater stops at its own cautious limit until an answer tells it.');
  }));
  return checks;
}

async function checkObject(describer: Describer, name: string): Promise<ConnectionCheck[]> {
  let described: Described | null = null;
  const seen = await step(`${name}: visible`, async () => {
    described = await describer.describe(name);
    if (described !== null) return pass(`${described.fields.length} properties`);
    const refusal = describer.refusal(name);
    return fail(refusal?.message ?? 'not in this portal, or hidden from the token', refusal?.cure ?? `Add the scopes of ${name} to the service key or app, or take it out of the mapping.`);
  });
  if (!seen.ok || described === null) return [seen];
  const object = described as Described;
  if (object.type === null) return [seen];
  return [seen, await step(`${name}: changes can be followed`, async () => (object.stampField === null
    ? fail(`no ${object.type?.stamp ?? 'modified date'} to be seen`, `Headwater reads ${name} whole each time.`) : pass(`by ${object.stampField}`)))];
}

interface Outcome { ok: boolean; detail: string; cure: string | null }
const pass = (detail: string): Outcome => ({ ok: true, detail, cure: null });
const fail = (detail: string, cure: string): Outcome => ({ ok: false, detail, cure });

async function step(name: string, work: () => Promise<Outcome>): Promise<ConnectionCheck> {
  try {
    return { name, ...await work() };
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    return { name, ok: false, detail: error.message, cure: error.cure ?? null };
  }
}
