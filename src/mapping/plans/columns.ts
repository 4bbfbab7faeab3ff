import { goalRateOf, type GoalRate } from '../../model/goal-rate.ts';
import { columnFinder, plainHeader, type Recognised } from '../table.ts';

/** Columns of a spreadsheet of plans, recognised by what people call them. */
export const PLAN_COLUMNS = {
  partner: {
    required: true,
    words: [
      ...['partner', 'partner name', 'account', 'account name', 'company', 'reseller'],
      ...['partner account', 'partner id', 'account id', 'partner company', 'partenaire', 'socio'],
      ...[
        'partnername',
        'haendler',
        'handler',
        'firma',
        'revendeur',
        'societe',
        'compte',
        'empresa',
      ],
      ...['distribuidor', 'cuenta', 'nom du partenaire', 'nombre del socio'],
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
      ...['messgroesse', 'messgrosse', 'mesure', 'metrique', 'metrica', 'medida'],
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
      ...['wert', 'betrag', 'soll', 'cible', 'valeur', 'montant', 'valor', 'importe', 'meta'],
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
      'wer',
      'qui',
      'lado',
      'quien',
      'parte',
      'partie',
    ],
  },
  period: {
    required: false,
    words: [
      ...['period', 'quarter', 'fiscal period', 'year', 'fiscal year', 'timeframe', 'time frame'],
      ...['when', 'fy', 'zeitraum', 'periode', 'periodo', 'plan period'],
      ...['jahr', 'quartal', 'geschaftsjahr', 'geschaeftsjahr', 'annee', 'trimestre', 'exercice'],
      ...['ano', 'ejercicio'],
    ],
  },
  owner: {
    required: false,
    words: [
      ...['owner', 'partner manager', 'channel manager', 'pam', 'cam', 'manager', 'responsible'],
      ...['account manager', 'owner email', 'plan owner', 'verantwortlich', 'responsable'],
      ...['inhaber', 'betreuer', 'verantwortliche', 'proprietaire', 'propietario'],
    ],
  },
  partnerOwner: {
    required: false,
    words: ['partner owner', 'partner contact', 'their owner', 'partner lead', 'contact'],
  },
  start: {
    required: false,
    words: [
      ...['start', 'start date', 'from', 'begin', 'begins', 'start on', 'beginn', 'von', 'debut'],
      ...['date de debut', 'inicio', 'fecha de inicio', 'desde'],
    ],
  },
  end: {
    required: false,
    words: [
      ...['end', 'end date', 'to', 'until', 'ends', 'end on', 'through', 'ende', 'bis', 'fin'],
      ...['date de fin', 'fecha de fin', 'hasta'],
    ],
  },
  weight: {
    required: false,
    words: ['weight', 'weighting', 'importance', 'gewicht', 'share', 'poids', 'gewichtung', 'peso'],
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
export interface RecognisedColumns extends Recognised<PlanColumn> {
  /** `Monthly target`: each goal of the column is for a month. */
  goalRate: GoalRate | null;
}

const findColumns = columnFinder<PlanColumn>(PLAN_COLUMNS);

/** `Target` is the metric beside a `Goal`, and the goal beside a `Metric`. */
export function recogniseColumns(
  headers: readonly string[],
  given: Partial<Record<PlanColumn, string>> = {},
): RecognisedColumns {
  const found = findColumns(headers, given);
  const goal = found.at.goal;
  const words = goal === undefined ? [] : plainHeader(headers[goal]!).split(' ');
  const rate = words.map(goalRateOf).find((one) => one !== null) ?? null;
  return { ...found, goalRate: rate };
}

const WORDS_OF_SIDES = {
  partner: [
    ...['partner', 'them', 'theirs', 'reseller', 'they', 'p', 'external', 'partenaire', 'socio'],
    ...['handler', 'haendler', 'sie', 'eux', 'revendeur', 'ellos', 'distribuidor'],
  ],
  vendor: [
    ...['vendor', 'us', 'our', 'ours', 'we', 'supplier', 'v', 'internal', 'manufacturer', 'wir'],
    ...['hersteller', 'uns', 'unsere', 'nous', 'fournisseur', 'editeur', 'nosotros', 'proveedor'],
    ...['fabricante'],
  ],
} as const;
const SIDES: ReadonlyMap<string, 'partner' | 'vendor'> = new Map(
  (['partner', 'vendor'] as const).flatMap((side) =>
    WORDS_OF_SIDES[side].map((word): [string, typeof side] => [word, side]),
  ),
);

/** Whose target it is; null = words that mean neither. An empty cell is the partner's. */
export const sideOfWords = (text: string): 'partner' | 'vendor' | null =>
  text.trim() === '' ? 'partner' : (SIDES.get(plainHeader(text)) ?? null);
