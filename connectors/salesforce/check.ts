import type { BudgetReading, ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { fail, lookAt, type Outcome, pass, signIn, step } from '../kit/checks.ts';
import type { BulkAllowance } from './bulk-allowance.ts';
import type { Described, Describer } from './describe.ts';
import type { Settings } from './settings.ts';

export interface CheckSubjects {
  settings: Settings;
  describer: Describer;
  identity: () => Promise<CrmIdentity>;
  budget: () => Promise<BudgetReading>;
  bulk: Pick<BulkAllowance, 'short'>;
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
  const { orgId, userName } = identity;
  const { settings } = subjects;
  checks.push(
    await step('Org', async () =>
      settings.orgId !== undefined && settings.orgId !== orgId
        ? fail(
            `${orgId}, and the connection names ${settings.orgId}`,
            'Use the credentials of the right org, or correct `orgId`.',
          )
        : pass(orgId),
    ),
  );
  checks.push(
    await step('User', async () =>
      settings.username !== undefined && settings.username.toLowerCase() !== userName.toLowerCase()
        ? fail(
            `${userName}, and the connection names ${settings.username}`,
            "Name the app's run-as user in `username`, or correct the app.",
          )
        : pass(userName),
    ),
  );
  for (const object of objects)
    checks.push(...(await checkObject(subjects.describer, object, written.includes(object))));
  checks.push(
    await step('API budget', async () => {
      const { usedCalls, limitCalls } = await subjects.budget();
      return usedCalls === null || limitCalls === null
        ? fail(
            'Salesforce does not tell how many calls are left',
            'Give the integration user "View Setup and Configuration", so that /limits can be read; without it Headwater stops at its own cautious limit.',
          )
        : pass(`${usedCalls} of ${limitCalls} daily calls used`);
    }),
  );
  checks.push(
    await step('Bulk budget', async () => {
      const short = await subjects.bulk.short();
      return pass(
        short === null
          ? 'query jobs and their volume are above the floor'
          : `${short}: large reads go by REST until the rolling 24 hours have freed some (Setup, Bulk Data Load Jobs, shows who uses them)`,
      );
    }),
  );
  return checks;
}

async function checkObject(
  describer: Describer,
  name: string,
  written: boolean,
): Promise<ConnectionCheck[]> {
  const { made: seen, described: object } = await lookAt(name, async () => {
    const described = await describer.describe(name);
    return { described, outcome: visible(describer, name, described) };
  });
  if (object === null) return [seen];
  return [
    seen,
    await step(`${name}: changes can be followed`, async () =>
      object.stampField === null
        ? fail(
            'no SystemModstamp or LastModifiedDate to be seen, and CreatedDate stands still when people edit: every run reads all of it, and never calls it verified',
            `Headwater reads ${name} whole each time; give Read on SystemModstamp where the object has it.`,
          )
        : pass(`by ${object.stampField}`),
    ),
    ...(written ? [await step(`${name}: write access`, async () => writeAccess(object))] : []),
  ];
}

function visible(describer: Describer, name: string, described: Described | null): Outcome {
  if (described === null)
    return fail(
      describer.refusal(name)?.message ?? 'not in this org, or hidden from the integration user',
      `Give the integration user Read on ${name} (and "View All", so that no record is missed), or take it out of the mapping.`,
    );
  return described.queryable
    ? pass(`${described.fields.length} fields`)
    : fail('cannot be queried', `Take ${name} out of the mapping.`);
}

/** Objects that nobody can update (history, roles) are read only, which is no fault. */
function writeAccess(object: Described): Outcome {
  const own = object.fields.filter((field) => field.custom && field.updateable).length;
  if (object.updateable)
    return pass(`the integration user may edit ${object.name}; ${own} custom fields writable`);
  const editable = object.fields.some((field) => field.custom || field.name === 'OwnerId');
  return editable
    ? fail(
        'the integration user may not edit records',
        `Give Edit on ${object.name} (and "Modify All" or sharing) when Headwater should write to it.`,
      )
    : pass('read only by nature');
}
