import { contradictions } from '../mapping/check/org-settings.ts';
import { optionalObjects, requiredObjects } from '../mapping/document/objects.ts';
import { fieldsReadAs } from '../mapping/document/wanted.ts';
import type { ParsedMapping } from '../mapping/document/parse.ts';
import type { ConnectionCheck, CrmIdentity, CrmSession } from '../model/connector.ts';
import { asHeadwaterError } from '../model/error.ts';
import type { MappingDocument } from '../model/mapping.ts';

/**
 * The steps of `connection check`: what the connector looks at for the objects that the mapping
 * cannot do without, what is there of those it can, and where its settings contradict the CRM.
 */
export async function connectionChecks(
  session: CrmSession,
  mapping: ParsedMapping,
  name: string,
): Promise<ConnectionCheck[]> {
  const document = mapping.document ?? mapping.salvaged;
  const checks = await session.check(
    document === null ? [] : requiredObjects(document),
    document?.write.map(({ object }) => object) ?? [],
    document === null
      ? undefined
      : { optional: optionalObjects(document), readAs: fieldsReadAs(document) },
  );
  // Without a sign-in every other step would fail for the same reason.
  const signedIn = checks[0]?.ok === true;
  if (signedIn && document !== null) {
    for (const object of optionalObjects(document))
      checks.push(await optionalCheck(session, object));
    checks.push(...(await settingChecks(session, document)));
  }
  if (mapping.document !== null) return checks;
  const unseen = document === null ? ', so no object was looked at' : '';
  return [
    ...checks,
    {
      name: 'Mapping',
      ok: false,
      detail: `${name} has faults${unseen}`,
      cure: '`headwater mapping check` lists them, each with its line.',
    },
  ];
}

/** What the mapping does without is no fault; that access was refused is said all the same. */
async function optionalCheck(session: CrmSession, object: string): Promise<ConnectionCheck> {
  const name = `${object} (optional)`;
  try {
    const found = await session.describe(object);
    if (found !== null)
      return { name, ok: true, detail: `${found.fields.length} fields`, cure: null };
    const refusal = session.refusal?.(object) ?? null;
    return refusal?.refused === 'forbidden'
      ? {
          name,
          ok: true,
          detail: `${refusal.message}; the mapping does without it`,
          cure: refusal.cure === undefined ? null : `Only if it should count: ${refusal.cure}`,
        }
      : { name, ok: true, detail: 'not there; the mapping does without it', cure: null };
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    return { name, ok: false, detail: error.message, cure: error.cure ?? null };
  }
}

/** Null: it does not tell, which the sign-in has reported where it is a fault. */
async function identityOf(session: CrmSession): Promise<CrmIdentity | null> {
  try {
    return await session.identity();
  } catch {
    return null;
  }
}

/** Fiscal year, time zone and currency, as far as the CRM tells them. */
async function settingChecks(
  session: CrmSession,
  document: MappingDocument,
): Promise<ConnectionCheck[]> {
  const org = await identityOf(session);
  if (org === null) return [];
  const said = {
    'fiscal year': org.fiscalYearStartMonth ?? null,
    'time zone': org.timeZone,
    currency: org.currency,
  };
  const told = Object.entries(said).filter(([, value]) => value !== null);
  const found = contradictions(document.settings, org);
  const name = 'Settings of the mapping';
  if (found.length > 0)
    return found.map(({ setting, message, cure }) => ({
      name: `${name}: ${setting}`,
      ok: false,
      detail: message,
      cure,
    }));
  return told.length === 0
    ? []
    : [
        {
          name,
          ok: true,
          detail: `${told.map(([what]) => what).join(', ')} as in the CRM`,
          cure: null,
        },
      ];
}
