/** The steps of `connection check`: each says what it found, and none throws. */
import type { ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { asHeadwaterError } from '../../src/model/error.ts';

export type Outcome = Omit<ConnectionCheck, 'name'>;
export const pass = (detail: string): Outcome => ({ ok: true, detail, cure: null });
export const fail = (detail: string, cure: string): Outcome => ({ ok: false, detail, cure });

export async function step(name: string, work: () => Promise<Outcome>): Promise<ConnectionCheck> {
  try {
    return { name, ...(await work()) };
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    return { name, ok: false, detail: error.message, cure: error.cure ?? null };
  }
}

/** The first step, on which all others depend, and who it found; null = they need not be tried. */
export async function signIn(
  identify: () => Promise<CrmIdentity>,
): Promise<{ made: ConnectionCheck; identity: CrmIdentity | null }> {
  let identity: CrmIdentity | null = null;
  const made = await step('Sign in and API access', async () => {
    const { userName, orgName, instanceUrl, apiVersion } = (identity = await identify());
    return pass(`${userName} at ${orgName} (${instanceUrl}, API ${apiVersion})`);
  });
  return { made, identity };
}

/** An object as the connected user sees it; null with `made` failed. */
export async function lookAt<Described>(
  name: string,
  find: () => Promise<{ described: Described | null; outcome: Outcome }>,
): Promise<{ made: ConnectionCheck; described: Described | null }> {
  let described: Described | null = null;
  const made = await step(`${name}: visible`, async () => {
    const found = await find();
    described = found.described;
    return found.outcome;
  });
  return { made, described: made.ok ? described : null };
}
