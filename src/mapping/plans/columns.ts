import { columnFinder, plainHeader, type Recognised } from '../table.ts';

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
export type RecognisedColumns = Recognised<PlanColumn>;

/** `Target` is the metric beside a `Goal`, and the goal beside a `Metric`. */
export const recogniseColumns = columnFinder<PlanColumn>(PLAN_COLUMNS);

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
  text.trim() === '' ? 'partner' : (SIDES[plainHeader(text)] ?? null);
