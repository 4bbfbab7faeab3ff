/**
 * Which variables of the host a pushed connection document may name. Whoever may push a document
 * must not be able to have any other secret of the host sent to an address of his choice.
 */

/** Guards Headwater itself: its key, its tokens, the secrets of its webhooks. */
const OWN = /^HEADWATER_/i;

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

/** Null: it may. Else what is wrong with the name, and what to do. */
export function secretNameFault(
  connectionId: string,
  name: string,
  allowed: AllowedSecrets,
): { message: string; cure: string } | null {
  if (OWN.test(name))
    return {
      message: "a connection may not name one of Headwater's own secrets",
      cure: 'Give the CRM secret a variable of its own.',
    };
  const prefix = prefixOf(connectionId);
  if (name.startsWith(prefix) || allowed.get(connectionId)?.has(name) === true) return null;
  return {
    message: `the connection "${connectionId}" may not name the variable ${name}`,
    cure: `Variables of a connection begin with ${prefix}; the operator of this host allows others with HEADWATER_SECRET_NAMES ("${connectionId}: ${name}").`,
  };
}
