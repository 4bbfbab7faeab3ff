import type { ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { pass, step } from '../kit/checks.ts';
import type { Describer } from './describe.ts';

/**
 * The steps an admin should see pass, in the order in which they depend on each other; none throws.
 */
export async function check(
  subjects: { describer: Describer; identity: () => Promise<CrmIdentity> },
  objects: string[],
): Promise<ConnectionCheck[]> {
  const checks = [
    await step('Sign in', async () => pass(`as ${(await subjects.identity()).userName}`)),
  ];
  if (!checks[0]!.ok) return checks;
  for (const object of objects) {
    checks.push(
      await step(`${object}: visible`, async () => {
        const shape = await subjects.describer.describe(object);
        return shape === null
          ? {
              ok: false,
              detail: 'not there, or hidden from this user',
              cure: `Take ${object} out of the mapping, or give access to it.`,
            }
          : pass(`${shape.fields.length} fields`);
      }),
    );
  }
  return checks;
}
