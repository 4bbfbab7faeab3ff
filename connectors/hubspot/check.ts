import * as z from 'zod';
import type { BudgetReading, ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { fail, lookAt, type Outcome, pass, signIn, step } from '../kit/checks.ts';
import { ASSOCIATIONS } from './association-fields.ts';
import type { Client } from './client.ts';
import type { Described, Describer } from './describe.ts';
import { isRefused } from './errors.ts';
import type { Settings } from './settings.ts';

/** Objects that carry what Headwater writes, scores of partners and of deals. */
export const WRITTEN = ['companies', 'deals'];

export interface CheckSubjects {
  client: Client;
  settings: Settings;
  describer: Describer;
  identity: () => Promise<CrmIdentity>;
  budget: () => Promise<BudgetReading>;
}

/**
 * The steps an admin should see pass, in the order in which they depend on each other; none throws.
 */
export async function check(
  subjects: CheckSubjects,
  objects: string[],
  written: string[],
): Promise<ConnectionCheck[]> {
  const { made, identity } = await signIn(subjects.identity);
  const checks = [made];
  if (identity === null) return checks;
  const { orgId } = identity;
  const { settings } = subjects;
  checks.push(
    await step('Portal', async () =>
      settings.portalId !== undefined && settings.portalId !== orgId
        ? fail(
            `${orgId}, and the connection names ${settings.portalId}`,
            'Use the credentials of the right portal, or correct `portalId`.',
          )
        : pass(orgId),
    ),
  );
  for (const object of objects)
    checks.push(...(await checkObject(subjects, object, written.includes(object))));
  if (objects.includes('deals'))
    checks.push(await step('Partners on deals', async () => labels(subjects.describer)));
  checks.push(await step('Custom objects', async () => customObjects(subjects.describer)));
  checks.push(
    await step('API budget', async () => {
      const { usedCalls, limitCalls } = await subjects.budget();
      if (usedCalls !== null && limitCalls !== null)
        return pass(`${usedCalls} of ${limitCalls} daily calls used`);
      return settings.auth === 'oauth'
        ? pass('public apps have no daily limit')
        : fail(
            'HubSpot does not tell how many calls are left',
            'Headwater stops at its own cautious limit until an answer tells it.',
          );
    }),
  );
  return checks;
}

async function checkObject(
  { client, describer }: CheckSubjects,
  name: string,
  written: boolean,
): Promise<ConnectionCheck[]> {
  const { made: seen, described: object } = await lookAt(name, async () => {
    const described = await describer.describe(name);
    return { described, outcome: visible(describer, name, described) };
  });
  if (object === null || object.type === null) return [seen];
  const { type } = object;
  const followed = await step(`${name}: changes can be followed`, async () =>
    object.stampField === null
      ? fail(`no ${type.stamp} to be seen`, `Headwater reads ${name} whole each time.`)
      : pass(`by ${object.stampField}`),
  );
  return [
    seen,
    followed,
    ...(written
      ? [await step(`${name}: write access`, async () => writeAccess(client, name, type.path))]
      : []),
  ];
}

function visible(describer: Describer, name: string, described: Described | null): Outcome {
  if (described !== null) return pass(`${described.fields.length} properties`);
  const refusal = describer.refusal(name);
  return fail(
    refusal?.message ?? 'not in this portal, or hidden from the token',
    refusal?.cure ??
      `Add the scopes of ${name} to the service key or app, or take it out of the mapping.`,
  );
}

/**
 * A batch of no updates changes nothing: HubSpot takes it or calls it empty, and a token without
 * the right to write is named first.
 */
async function writeAccess(client: Client, name: string, path: string): Promise<Outcome> {
  try {
    await client.json(
      {
        build: () => client.requests.batch.update(path, { inputs: [] }),
        effect: 'read',
        what: `trying whether ${name} can be written`,
      },
      z.unknown(),
    );
  } catch (error) {
    // A batch of nothing may be refused for being empty: then the right to send it was there.
    if (!isRefused(error)) throw error;
  }
  return pass(`the token may edit ${name}`);
}

/**
 * Labels that the portal made between deals and companies: the natural way to name a deal's
 * partner.
 */
async function labels(describer: Describer): Promise<Outcome> {
  const own =
    (await describer.describe(`deals.${ASSOCIATIONS}`))?.fields
      .filter((field) => field.custom && field.referenceTo.includes('companies'))
      .map(({ label }) => `"${label}"`) ?? [];
  return pass(
    own.length > 0
      ? `association labels between deals and companies: ${own.join(', ')}`
      : 'no association label of your own between deals and companies; the mapping can find partners by property or by company hierarchy',
  );
}

/** An Enterprise feature: none is no fault, but a plan that is not seen should not go unnoticed. */
async function customObjects(describer: Describer): Promise<Outcome> {
  const own = (await describer.list()).filter(({ custom }) => custom).map(({ name }) => name);
  return pass(
    own.length > 0
      ? own.join(', ')
      : 'none to be seen, which is no fault: only a mapping that reads one needs crm.objects.custom.read and crm.schemas.custom.read',
  );
}
