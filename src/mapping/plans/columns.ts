/** Columns of a spreadsheet of plans, recognised by what people call them. */
export const PLAN_COLUMNS = {
  partner: {
    required: true,
    words: [
      ...['partner', 'partner name', 'account', 'account name', 'company', 'reseller'],
      ...['partner account', 'partner id', 'account id', 'partner company', 'partenaire', 'socio'],
    ],
  },
  metric: {
    required: true,
    words: [
      ...[
        'metric',
        'kpi',
        'measure',
        'indicator',
        'target metric',
        'goal type',
        'what',
        'target type',
      ],
      ...['kennzahl', 'indicateur', 'indicador', 'objective type', 'target'],
    ],
  },
  goal: {
    required: true,
    words: [
      ...['goal', 'target value', 'goal value', 'value', 'quota', 'target amount', 'commitment'],
      ...[
        'objective',
        'amount',
        'number',
        'ziel',
        'zielwert',
        'objectif',
        'objetivo',
        'target',
        'plan',
      ],
    ],
  },
  side: {
    required: false,
    words: [
      'side',
      'who',
      'party',
      'by',
      'responsible side',
      'whose',
      'seite',
      'cote',
      'owner side',
    ],
  },
  period: {
    required: false,
    words: [
      ...['period', 'quarter', 'fiscal period', 'year', 'fiscal year', 'timeframe', 'time frame'],
      ...['when', 'fy', 'zeitraum', 'periode', 'periodo', 'plan period'],
    ],
  },
  owner: {
    required: false,
    words: [
      ...['owner', 'partner manager', 'channel manager', 'pam', 'cam', 'manager', 'responsible'],
      ...['account manager', 'owner email', 'plan owner', 'verantwortlich', 'responsable'],
    ],
  },
  partnerOwner: {
    required: false,
    words: ['partner owner', 'partner contact', 'their owner', 'partner lead', 'contact'],
  },
  start: { required: false, words: ['start', 'start date', 'from', 'begin', 'begins', 'start on'] },
  end: { required: false, words: ['end', 'end date', 'to', 'until', 'ends', 'end on', 'through'] },
  weight: {
    required: false,
    words: ['weight', 'weighting', 'importance', 'gewicht', 'share', 'poids'],
  },
  label: {
    required: false,
    words: [
      'label',
      'description',
      'target name',
      'goal name',
      'title',
      'words',
      'note',
      'comment',
    ],
  },
  name: { required: false, words: ['plan name', 'joint plan', 'jbp', 'jpp', 'name'] },
  status: { required: false, words: ['status', 'state', 'plan status'] },
  above: {
    required: false,
    words: ['above', 'deals above', 'minimum amount', 'deal threshold', 'threshold', 'min amount'],
  },
} as const;

export type PlanColumn = keyof typeof PLAN_COLUMNS;
const NAMES = Object.keys(PLAN_COLUMNS) as PlanColumn[];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/\p{M}|\([^)]*\)/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export interface RecognisedColumns {
  /** Index of each column that was found. */
  at: Partial<Record<PlanColumn, number>>;
  /** Headers that mean nothing to us. */
  ignored: string[];
  missing: PlanColumn[];
}

/**
 * The best match wins: how early a header stands in the words of a column, then the order of the columns. A header is used once, so `Target` is the metric beside a
 * `Goal`, and the goal beside a `Metric`. `given` = what the admin said, by header.
 */
export function recogniseColumns(
  headers: readonly string[],
  given: Partial<Record<PlanColumn, string>> = {},
): RecognisedColumns {
  const at: Partial<Record<PlanColumn, number>> = {};
  const used = new Set<number>();
  const take = (column: PlanColumn, index: number): void => {
    at[column] = index;
    used.add(index);
  };
  for (const column of NAMES) {
    const header = given[column];
    const index =
      header === undefined ? -1 : headers.findIndex((one) => plain(one) === plain(header));
    if (index >= 0) take(column, index);
  }
  const found = NAMES.flatMap((column) =>
    headers.flatMap((header, index) => {
      const rank = (PLAN_COLUMNS[column].words as readonly string[]).indexOf(plain(header));
      return rank < 0 ? [] : [{ column, index, rank }];
    }),
  ).sort((a, b) => a.rank - b.rank || NAMES.indexOf(a.column) - NAMES.indexOf(b.column));
  for (const { column, index } of found)
    if (at[column] === undefined && !used.has(index)) take(column, index);
  return {
    at,
    ignored: headers.filter((header, index) => !used.has(index) && header.trim() !== ''),
    missing: NAMES.filter((column) => PLAN_COLUMNS[column].required && at[column] === undefined),
  };
}

const SIDES: Readonly<Record<string, 'partner' | 'vendor'>> = Object.fromEntries([
  ...['partner', 'them', 'theirs', 'reseller', 'they', 'p', 'external', 'partenaire', 'socio'].map(
    (word): [string, 'partner'] => [word, 'partner'],
  ),
  ...['vendor', 'us', 'our', 'ours', 'we', 'supplier', 'v', 'internal', 'manufacturer', 'wir'].map(
    (word): [string, 'vendor'] => [word, 'vendor'],
  ),
]);

/** Whose target it is; null = words that mean neither. An empty cell is the partner's. */
export const sideOfWords = (text: string): 'partner' | 'vendor' | null =>
  text.trim() === '' ? 'partner' : (SIDES[plain(text)] ?? null);
