/** What features are about, as people see it: one reason for each family, not for each column. */
export const FAMILIES = [
  'stage',
  'age',
  'activity',
  'quote',
  'task',
  'amount',
  'product',
  'origin',
  'industry',
  'competitor',
  'about',
  'push',
  'quarter',
  'weekday',
  'owner',
  'partner',
] as const;
export type Family = (typeof FAMILIES)[number];

/** By the beginning of a feature's name; the first that fits. */
const BEGINNINGS: [string, Family][] = [
  ['stageDays', 'age'],
  ['age', 'age'],
  ['since:', 'age'],
  ['lag:', 'age'],
  ['stage', 'stage'],
  ['reachedHow', 'stage'],
  ['moves', 'stage'],
  ['quote', 'quote'],
  ['lastQuote', 'quote'],
  ['task', 'task'],
  ['nextTask', 'task'],
  ['amount', 'amount'],
  ['product', 'product'],
  ['origin', 'origin'],
  ['industry', 'industry'],
  ['competitor', 'competitor'],
  ['weekday', 'weekday'],
  ['quarterLeft', 'quarter'],
  ['push', 'push'],
  ['effect:owner', 'owner'],
  ['effect:', 'partner'],
];

/** All that is not named above tells how much was done on the deal, and how long ago. */
export const familyOf = (name: string): Family =>
  BEGINNINGS.find(([beginning]) => name.startsWith(beginning))?.[1] ?? 'activity';
