/**
 * Which variables of the host a pushed connection document may name. Whoever may push a document
 * must not be able to have any other secret of the host sent to an address of his choice.
 */

/** Guards Headwater itself: its key, its tokens, the secrets of its webhooks, and what is to come. */
const OWN = /^HEADWATER_/i;
/** Those of them that exist: a document in a file, which its owner named, is refused these alone. */
const OWN_SECRETS =
  /^HEADWATER_(KEY|OLD_KEYS|TOKENS?|HUBSPOT_SECRET|SALESFORCE_SECRET|SIGNALS_SECRET)$/i;

const OWN_FAULT = {
  message: "a connection may not name one of Headwater's own secrets",
  cure: 'Give the CRM secret a variable of its own.',
};

/** Names by connection that the operator allows beside those of its own prefix. */
export type AllowedSecrets = ReadonlyMap<string, ReadonlySet<string>>;

/** `acme-eu` -> `ACME_EU_`: what every variable of that connection begins with. */
const prefixOf = (connectionId: string): string =>
  `${connectionId.toUpperCase().replaceAll('-', '_')}_`;

/** `acme: SF_KEY SF_SECRET; beta: HS_TOKEN`, as the operator writes HEADWATER_SECRET_NAMES. */
export function parseAllowedSecrets(text: string): AllowedSecrets {
  const allowed = new Map<string, ReadonlySet<string>>();
  for (const entry of text.split(/[;\n]/)) {
    const [id = '', names] = entry.split(':');
    if (names !== undefined)
      allowed.set(id.trim(), new Set(names.split(/[\s,]+/).filter((name) => name !== '')));
  }
  return allowed;
}

type NameFault = { message: string; cure: string } | null;

/** Null: a document in a file of this machine may name it. */
export const fileSecretFault = (name: string): NameFault =>
  OWN_SECRETS.test(name) ? OWN_FAULT : null;

/**
 * Whose variable it is among connections of which one's id begins with another's: `ACME_EU_KEY` is
 * that of `acme-eu`, and not of `acme`. null = of none.
 */
function ownerOf(name: string, ids: Iterable<string>): string | null {
  const owners = [...ids].filter((id) => name.startsWith(prefixOf(id)));
  return owners.sort((a, b) => b.length - a.length)[0] ?? null;
}

/**
 * Null: it may. Else what is wrong with the name, and what to do. `known`: the connections of this
 * host.
 */
export function secretNameFault(
  connectionId: string,
  name: string,
  allowed: AllowedSecrets,
  known: readonly string[] = [],
): NameFault {
  if (OWN.test(name)) return OWN_FAULT;
  if (allowed.get(connectionId)?.has(name) === true) return null;
  const owner = ownerOf(name, [connectionId, ...known, ...allowed.keys()]);
  if (owner === connectionId) return null;
  const prefix = prefixOf(connectionId);
  if (owner !== null && name.startsWith(prefix))
    return {
      message: `the variable ${name} is that of the connection "${owner}", and "${connectionId}" may not name it`,
      cure: `Rename it, or let the operator of this host allow it with HEADWATER_SECRET_NAMES ("${connectionId}: ${name}").`,
    };
  return {
    message: `the connection "${connectionId}" may not name the variable ${name}`,
    cure: `Variables of a connection begin with ${prefix}; the operator of this host allows others with HEADWATER_SECRET_NAMES ("${connectionId}: ${name}").`,
  };
}
