/** API versions: which are listed, answered, retired. */
import { fault } from './faults.ts';

const NEWEST_VERSION = 68;
/** Listed at `/services/data`: what the sandbox vouches for. */
const OLDEST_LISTED = 55;
/**
 * Versions 31 to 54 are still answered, as in a real org until Summer '28: clients that pin one
 * (the vendor's own CLI asks v51.0 for its user) go on working.
 */
const OLDEST_ANSWERED = 31;
/** 21 to 30 were retired in Summer '25. */
const OLDEST_RETIRED = 21;

/**
 * The number of a path segment like `v66.0`. Throws 410 for a retired
 * version and 404 for none at all.
 */
export function versionOf(segment: string): string {
  const found = /^v(\d+)\.0$/.exec(segment);
  const number = found === null ? Number.NaN : Number(found[1]);
  if (number >= OLDEST_RETIRED && number < OLDEST_ANSWERED)
    throw fault(410, 'GONE', `The requested API version ${number}.0 has been retired`);
  if (!(number >= OLDEST_ANSWERED && number <= NEWEST_VERSION))
    throw fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  return `${number}.0`;
}

export function versionList(): { label: string; url: string; version: string }[] {
  const list = [];
  for (let number = OLDEST_LISTED; number <= NEWEST_VERSION; number++)
    list.push({
      label: releaseName(number),
      url: `/services/data/v${number}.0`,
      version: `${number}.0`,
    });
  return list;
}

/** Three releases a year: 66 is Spring '26, 67 Summer '26, 68 Winter '27. */
function releaseName(number: number): string {
  const season = ['Spring', 'Summer', 'Winter'][number % 3] ?? '';
  return `${season} '${Math.floor(number / 3) + (number % 3 === 2 ? 5 : 4)}`;
}

/** What lives under `/services/data/vXX.0`. */
export function resources(base: string, identityUrl: string): Record<string, string> {
  const names = [
    'tooling',
    'query',
    'queryAll',
    'sobjects',
    'limits',
    'composite',
    'jobs',
    'search',
    'parameterizedSearch',
    'metadata',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, `${base}/${name}`])),
    identity: identityUrl,
  };
}
