import type { Command } from 'commander';
import type { CliDeps, SetExit } from './deps.ts';

/**
 * First word of a command line. Its code is loaded only when it is asked for: most of a start is
 * loading.
 */
export interface Noun {
  name: string;
  about: string;
  /** What stands after it. */
  takes: '<verb>' | '[options]';
  load: () => Promise<(noun: Command, deps: CliDeps, setExit: SetExit) => void>;
}

const verbs = (name: string, about: string, load: Noun['load']): Noun => ({
  name,
  about,
  takes: '<verb>',
  load,
});
const alone = (name: string, about: string, load: Noun['load']): Noun => ({
  name,
  about,
  takes: '[options]',
  load,
});

/** In the order of `--help`. */
export const NOUNS: readonly Noun[] = [
  alone(
    'demo',
    'the whole job against a sandbox CRM: offline, no credentials',
    async () => (await import('./commands/demo.ts')).registerDemo,
  ),
  verbs(
    'sync',
    'pull, score, plan and write back',
    async () => (await import('./commands/sync.ts')).registerSync,
  ),
  alone(
    'status',
    'every connection: last run, verified through, freshness, quarantine, open writes',
    async () => (await import('./commands/status.ts')).registerStatus,
  ),
  verbs(
    'run',
    'look at runs, apply a plan that was shown, take writes back',
    async () => (await import('./commands/run.ts')).registerRun,
  ),
  verbs(
    'plan',
    'joint performance plans: import, check, show',
    async () => (await import('./commands/plan.ts')).registerPlan,
  ),
  verbs(
    'kpi',
    'the metric dictionary: what is measured, how, and what a plan may promise',
    async () => (await import('./commands/kpi.ts')).registerKpi,
  ),
  verbs(
    'signal',
    'what happens outside the CRM: log-ins, trainings, surveys',
    async () => (await import('./commands/signal.ts')).registerSignal,
  ),
  verbs(
    'quarantine',
    'what the mapping or the CRM refused, row by row, in words',
    async () => (await import('./commands/quarantine.ts')).registerQuarantine,
  ),
  alone(
    'backup',
    'a consistent copy of the database, also while a run is at work',
    async () => (await import('./commands/care.ts')).registerBackup,
  ),
  alone(
    'doctor',
    'looks the database over: damage, migrations, permissions, clock, disk',
    async () => (await import('./commands/care.ts')).registerDoctor,
  ),
  verbs(
    'score',
    'why a score is what it is',
    async () => (await import('./commands/score.ts')).registerScore,
  ),
  verbs(
    'forecast',
    'what the channel will bring, with its interval',
    async () => (await import('./commands/forecast.ts')).registerForecast,
  ),
  verbs(
    'attention',
    'where an hour of work moves money',
    async () => (await import('./commands/attention.ts')).registerAttention,
  ),
  verbs(
    'alert',
    'who is notified when a number leaves its limits, and what became of it',
    async () => (await import('./commands/alert.ts')).registerAlert,
  ),
  verbs(
    'change',
    'why scores, plan health and the forecast are others than before',
    async () => (await import('./commands/change.ts')).registerChange,
  ),
  verbs(
    'qbr',
    'the pack for a review with a partner: HTML with charts, and CSV',
    async () => (await import('./commands/qbr.ts')).registerQbr,
  ),
  verbs(
    'record',
    'the track record: what was said, and how it came out',
    async () => (await import('./commands/record.ts')).registerRecord,
  ),
  verbs(
    'backtest',
    'how it would have done on your own past, before anything is written',
    async () => (await import('./commands/backtest.ts')).registerBacktest,
  ),
  verbs(
    'credit',
    'whose win a won deal is, to the cent',
    async () => (await import('./commands/credit.ts')).registerCredit,
  ),
  verbs(
    'conflict',
    'partners that claim one deal: evidence, proposal, decision, appeal',
    async () => (await import('./commands/conflict.ts')).registerConflict,
  ),
  verbs(
    'route',
    'which partner would most likely win a deal, and how deals are spread',
    async () => (await import('./commands/route.ts')).registerRoute,
  ),
  verbs(
    'class',
    'which partners to grow, to help, to review',
    async () => (await import('./commands/class.ts')).registerClass,
  ),
  verbs(
    'c3',
    'capability, capacity and commitment of partners',
    async () => (await import('./commands/c3.ts')).registerC3,
  ),
  verbs(
    'health',
    'the health of partners by six pillars',
    async () => (await import('./commands/health.ts')).registerHealth,
  ),
  verbs(
    'profile',
    'what successful partners have in common, and who else fits',
    async () => (await import('./commands/profile.ts')).registerProfile,
  ),
  verbs(
    'enable',
    'where partners lose more deals than others, and what would help',
    async () => (await import('./commands/enable.ts')).registerEnable,
  ),
  verbs(
    'cosell',
    'which partners could win a deal together',
    async () => (await import('./commands/cosell.ts')).registerCosell,
  ),
  verbs(
    'return',
    'what came back of what was spent on partners',
    async () => (await import('./commands/return.ts')).registerReturn,
  ),
  verbs(
    'customer-value',
    'what customers of partners are worth beside direct ones',
    async () => (await import('./commands/customer-value.ts')).registerCustomerValue,
  ),
  verbs(
    'fund',
    'campaigns with partners: what they cost, what came of them, where the next would pay',
    async () => (await import('./commands/fund.ts')).registerFund,
  ),
  verbs(
    'allocation',
    'where hours and funds go, and where they would be worth most',
    async () => (await import('./commands/allocation.ts')).registerAllocation,
  ),
  verbs(
    'tier',
    'what each tier asks, who has reached it, and who decided',
    async () => (await import('./commands/tier.ts')).registerTier,
  ),
  verbs(
    'value',
    'what partners are worth, and how few of them bring how much',
    async () => (await import('./commands/value.ts')).registerValue,
  ),
  verbs(
    'mapping',
    'how CRM fields become the model, and back',
    async () => (await import('./commands/mapping.ts')).registerMapping,
  ),
  verbs(
    'field',
    'the custom fields that Headwater writes into',
    async () => (await import('./commands/field.ts')).registerField,
  ),
  alone(
    'package',
    'make the source files that show the results inside the CRM, to deploy there',
    async () => (await import('./commands/package.ts')).registerPackage,
  ),
  verbs(
    'connection',
    'the way into a CRM org',
    async () => (await import('./commands/connection.ts')).registerConnection,
  ),
  alone(
    'serve',
    'serve the pages, the API and the webhooks over a database, until stopped',
    async () => (await import('./commands/serve.ts')).registerServe,
  ),
  verbs(
    'session',
    'who may look at the pages of `headwater serve`: links, sessions, revocation',
    async () => (await import('./commands/session.ts')).registerSession,
  ),
  verbs(
    'worker',
    'a deployment on Cloudflare Workers: its documents and its tokens',
    async () => (await import('./commands/worker.ts')).registerWorker,
  ),
  verbs(
    'sandbox',
    'a CRM you can run',
    async () => (await import('./commands/sandbox.ts')).registerSandbox,
  ),
];

export const takenBy = (name: string): string =>
  NOUNS.find((noun) => noun.name === name)?.takes ?? '';
