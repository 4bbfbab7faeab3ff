/**
 * HubSpot's addresses in all their versions, brought to one form that the handlers are mounted on.
 */

/** Dated versions that are alive; each keeps the addresses of the last here. */
const DATED = '2026-0[39]';

const FORMS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^/crm/(?:v3/objects|objects/(?:v3|${DATED}))(?=/)`), '/objects'],
  [/^\/crm\/v4\/objects(?=\/[^/]+\/[^/]+\/associations\/)/, '/objects'],
  [/^\/crm\/v3\/associations(?=\/)/, '/associations-v3'],
  [new RegExp(`^/crm/(?:v4/associations|associations/(?:v4|${DATED}))(?=/)`), '/associations'],
  [new RegExp(`^/crm/(?:v3/properties|properties/(?:v3|${DATED}))(?=/)`), '/properties'],
  [new RegExp(`^/crm/(?:v3/pipelines|pipelines/(?:v3|${DATED}))(?=/)`), '/pipelines'],
  [new RegExp(`^/crm/(?:v3/owners|owners/(?:v3|${DATED}))(?=/|$)`), '/owners'],
  [new RegExp(`^/crm/(?:v3/limits|limits/(?:v3|${DATED}))(?=/)`), '/limits'],
  [new RegExp(`^/crm-object-schemas/(?:v3|${DATED})/schemas(?=/|$)`), '/schemas'],
  [/^\/crm\/v3\/schemas(?=\/|$)/, '/schemas'],
  [new RegExp(`^/account-info/(?:v3|${DATED})(?=/)`), '/account'],
  [new RegExp(`^/settings/(?:v3/currencies|currencies/(?:v3|${DATED}))(?=/)`), '/currencies'],
  [new RegExp(`^/forecast-settings/${DATED}/forecast-types$`), '/forecast-types'],
];

/** Addresses that are no version of anything: sign-in, and the pages of records. */
const OWN = /^\/(?:oauth\/|record\/|contacts\/\d+\/record\/)/;

/**
 * The handlers' own address of a request; the path as it is when it is of no known form (OAuth
 * keeps its version, because its answers differ).
 */
export function canonicalPath(path: string): string {
  const single = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  for (const [form, place] of FORMS) if (form.test(single)) return single.replace(form, place);
  // A path that looks canonical but was not sent in any of HubSpot's forms must not reach a
  // handler.
  return OWN.test(single) ? single : '/unknown';
}

/**
 * The object type word of a request's path, for faults aimed at one object; null when it names
 * none.
 */
export function objectWord(path: string): string | null {
  const parts = canonicalPath(path).split('/');
  return ['objects', 'associations', 'associations-v3', 'properties', 'pipelines'].includes(
    parts[1] ?? '',
  )
    ? (parts[2] ?? null)
    : parts[1] === 'owners'
      ? 'owners'
      : null;
}
