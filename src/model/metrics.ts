import { ENGAGEMENT_METRICS } from './engagement-metrics.ts';
import type { MetricShape, TargetRule } from './metric-shape.ts';
import { wordsThatCount } from './plain-words.ts';
import { STEADINESS_METRICS } from './steadiness-metrics.ts';

/** The metric dictionary, in the order it is shown. */
export const METRICS = {
  cohort_win_rate: {
    family: 'conversion',
    unit: 'share',
    label: 'Cohort win rate',
    doc:
      'Share of deals won within the horizon of their creation; open deals count by how ' +
      'much of the wins come so early (Aalen-Johansen curve of the pool); shrunk to the ' +
      'pool by a Beta prior. Deals never marked lost cannot raise it.',
  },
  closed_win_rate: {
    family: 'conversion',
    unit: 'share',
    label: 'Closed win rate (reported only)',
    doc:
      'Won / (won + lost) of all closed deals. Biased upwards wherever losses are not ' +
      'marked; never used in a score.',
  },
  registration_conversion: {
    family: 'conversion',
    unit: 'share',
    label: 'Registration conversion at maturity',
    doc:
      'Wins within the horizon / deals in matured equivalents, where a younger deal ' +
      'counts by the share of wins that come by its age. A win sooner than 3 days after ' +
      'registration is left out.',
  },
  pipeline_velocity: {
    family: 'velocity',
    unit: 'amount/day',
    label: 'Pipeline velocity',
    doc:
      'V = N x A x W / L: open verified deals, their mean amount, cohort win rate, mean ' +
      'days from creation to win. Wins within 3 days of creation are left out of L; a ' +
      'registration date moves neither N nor L.',
  },
  realised_velocity: {
    family: 'velocity',
    unit: 'amount/day',
    label: 'Realised velocity',
    doc:
      'Amount won in the trailing horizon / its days. What the pipeline velocity should ' +
      'have come to.',
  },
  registrations: {
    family: 'pipeline',
    unit: 'count',
    label: 'Registrations this period',
    doc:
      'Registrations submitted in the current period (of deals registered, where the ' +
      'CRM holds no registration records). A count, not a merit.',
    target: {
      direction: 'up',
      accrual: 'flow',
      version: 1,
      feed: 'deal',
      words: [
        ...['registrations', 'registered deals', 'deal registrations', 'deal regs', 'deal reg'],
        ...['deals registered', 'new registrations', 'opportunities registered', 'leads'],
        ...['registrierungen', 'enregistrements', 'registros', 'dealregistrierungen'],
      ],
    },
  },
  coverage: {
    family: 'pipeline',
    unit: 'ratio',
    label: 'Pipeline coverage',
    doc:
      'Open amount that claims to close by the end of the plan / (outcome target - won ' +
      'to date). Compare with required coverage.',
  },
  required_coverage: {
    family: 'pipeline',
    unit: 'ratio',
    label: 'Required coverage',
    doc:
      '1 / the amount-weighted win chance of the open deals by the end of the period: ' +
      'what coverage this pipeline needs, in place of a rule of thumb.',
  },
  active: {
    family: 'pipeline',
    unit: 'count',
    label: 'Active',
    doc:
      '1 when a deal was created and verified, moved stage or was won within the ' +
      'trailing horizon, else 0. A log-in does not count.',
  },
  phantom_share: {
    family: 'pipeline',
    unit: 'share',
    label: 'Phantom share',
    doc:
      'Share of open deals silent beyond the stale limit and older than the horizon, or ' +
      'longer in their stage than nine in ten. They weigh nothing in score and ' +
      'forecast.',
  },
  median_days_in_stage: {
    family: 'pipeline',
    unit: 'days',
    label: 'Median days in a stage',
    doc:
      'Kaplan-Meier median of stays in a stage, running ones censored: a mean of ended ' +
      'stays alone is too short.',
  },
  won_amount: {
    family: 'outcome',
    unit: 'amount',
    label: 'Won this period',
    doc: 'Amount of deals that moved to a won stage in the current period.',
    target: {
      direction: 'up',
      accrual: 'flow',
      backLoaded: true,
      version: 1,
      feed: 'deal',
      words: [
        ...['won amount', 'won', 'bookings', 'booked', 'booked arr', 'booked amount', 'revenue'],
        ...['closed won', 'closed won amount', 'sales', 'acv', 'arr', 'tcv', 'turnover'],
        ...['net new arr', 'partner revenue', 'umsatz', 'chiffre d affaires', 'ingresos', 'ventas'],
        ...['gewonnener betrag', 'montant gagne', 'importe ganado', 'ca gagne'],
      ],
    },
  },
  attainment: {
    family: 'outcome',
    unit: 'share',
    label: 'Attainment',
    doc: 'Won since the start of the plan / its outcome target.',
  },
  attainment_pace: {
    family: 'outcome',
    unit: 'ratio',
    label: 'Attainment pace',
    doc:
      'Attainment / the share that the pool has usually won by this day of the period ' +
      '(deals are back-loaded, a straight line is wrong). 1 = on plan.',
  },
  deal_value_consistency: {
    family: 'outcome',
    unit: 'share',
    label: 'Deal value consistency',
    doc:
      '1 / (1 + s), s = sd of log won amount shrunk to the pool: s^2 = (nu s0^2 + (n - ' +
      '1) s^2) / (nu + n - 1). The usual CV calls every tiny partner consistent.',
  },
  concentration: {
    family: 'outcome',
    unit: 'count',
    label: 'Effective number of wins',
    doc:
      'n_eff = (sum a)^2 / sum a^2 of won amounts: how many equal deals the won amount ' +
      'is worth as evidence.',
  },
  time_to_first_deal: {
    family: 'onset',
    unit: 'days',
    label: 'Time to first deal',
    doc:
      'Days from onboarding to the first win. A partner without a win is censored, not ' +
      'left out: `low` holds the days so far.',
  },
  time_to_revenue: {
    family: 'onset',
    unit: 'days',
    label: 'Time to revenue',
    doc: 'Days from signing to the first win, censored likewise.',
  },
  won_deals: {
    family: 'outcome',
    unit: 'count',
    label: 'Deals won this period',
    doc: 'Number of deals that moved to a won stage in the current period.',
    target: {
      direction: 'up',
      accrual: 'flow',
      backLoaded: true,
      version: 1,
      feed: 'deal',
      words: [
        ...['won deals', 'deals won', 'closed won deals', 'wins', 'new logos', 'new customers'],
        ...['gewonnene deals', 'neukunden', 'affaires gagnees', 'nouveaux clients'],
        ...['oportunidades ganadas', 'nuevos clientes'],
      ],
    },
  },
  verified_deals: {
    family: 'pipeline',
    unit: 'count',
    label: 'Deals verified this period',
    doc: 'Deals that became verified in the current period: by our own side or the buyer.',
    target: {
      direction: 'up',
      accrual: 'flow',
      version: 1,
      feed: 'deal',
      words: [
        ...['verified deals', 'qualified deals', 'qualified opportunities', 'qualified leads'],
        ...['accepted leads', 'sql', 'sqls', 'sales qualified leads', 'accepted opportunities'],
        ...['qualifizierte leads', 'leads qualifies', 'leads cualificados'],
      ],
    },
  },
  joint_meetings: {
    family: 'pipeline',
    unit: 'count',
    label: 'Joint meetings this period',
    doc: "Meetings held on the partner's deals in the current period that our own side did not leave to the partner alone.",
    target: {
      direction: 'up',
      accrual: 'flow',
      version: 1,
      feed: 'activity',
      words: [
        ...[
          'joint meetings',
          'joint meetings held',
          'joint calls',
          'customer meetings',
          'meetings',
        ],
        ...['co sell meetings', 'joint customer meetings', 'account mapping sessions'],
        ...['gemeinsame termine', 'reunions communes', 'reuniones conjuntas'],
      ],
    },
  },
  certified_people: {
    family: 'enablement',
    unit: 'count',
    label: 'Certified people',
    doc: 'Certificates in force at the moment; one that has expired no longer counts.',
    target: {
      direction: 'up',
      accrual: 'level',
      version: 1,
      feed: 'certification',
      words: [
        ...['certified people', 'certifications', 'certificates', 'certified staff', 'certified'],
        ...['certified sellers', 'trained people', 'accreditations', 'certified engineers'],
        ...['zertifizierte personen', 'personnes certifiees', 'personas certificadas'],
        ...['zertifizierungen', 'certificaciones'],
      ],
    },
  },
  decision_hours: {
    family: 'vendor',
    unit: 'hours',
    label: 'Hours to decide a registration',
    doc: "Median hours from a registration's submission in the current period to our decision; one still undecided counts with the hours so far.",
    target: {
      direction: 'down',
      accrual: 'rate',
      version: 1,
      feed: 'registration',
      words: [
        ...['decision hours', 'hours to decide a registration', 'registration decision time'],
        ...['deal reg response time', 'deal registration sla', 'approval time', 'response time'],
        ...['registration turnaround', 'time to decision', 'hours to decision'],
        ...['deal registration turnaround', 'deal registration response time', 'approval hours'],
        ...['deal registration decision time', 'deal registration approval time'],
      ],
    },
  },
  sales_engineer_share: {
    family: 'vendor',
    unit: 'share',
    label: 'Deals with one of our sales engineers',
    doc: "Share of the partner's deals of the current period, of at least the target's amount, on whose team one of our sales engineers is.",
    target: {
      direction: 'up',
      accrual: 'rate',
      version: 1,
      feed: 'dealTeam',
      words: [
        ...['sales engineer share', 'se coverage', 'sales engineer coverage', 'presales coverage'],
        ...[
          'dedicated se',
          'se on deals',
          'sales engineers on deals',
          'technical support coverage',
        ],
      ],
    },
  },
  ...STEADINESS_METRICS,
  ...ENGAGEMENT_METRICS,
} as const satisfies Record<string, MetricShape>;

export type MetricId = keyof typeof METRICS;

/** Ids of metrics that a plan may promise. */
export type TargetMetricId = {
  [Id in MetricId]: (typeof METRICS)[Id] extends { target: TargetRule } ? Id : never;
}[MetricId];

const shapes: Readonly<Record<string, MetricShape>> = METRICS;

/** Metrics that a plan may promise, in the order of the dictionary. */
export const TARGET_METRICS = Object.keys(METRICS).filter(
  (id) => shapes[id]!.target !== undefined,
) as TargetMetricId[];

export const targetRule = (metric: TargetMetricId): TargetRule => METRICS[metric].target;

const keyOf = (text: string): string => wordsThatCount(text).join(' ');

/** What a metric may be called: its id, its label, and the words of the dictionary. */
export const wordsOfMetric = (id: TargetMetricId): readonly string[] => [
  id,
  METRICS[id].label,
  ...METRICS[id].target.words,
];

const BY_WORDS: ReadonlyMap<string, TargetMetricId> = new Map(
  TARGET_METRICS.flatMap((id) =>
    wordsOfMetric(id).map((words): [string, TargetMetricId] => [keyOf(words), id]),
  ),
);

/** The metric that somebody means by these words; null = none that we know. */
export const metricOfWords = (text: string): TargetMetricId | null =>
  BY_WORDS.get(keyOf(text)) ?? null;
