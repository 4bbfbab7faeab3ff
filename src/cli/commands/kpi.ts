import type { Command } from 'commander';
import type { MetricShape } from '../../model/metric-shape.ts';
import { HeadwaterError } from '../../model/error.ts';
import { metricOfWords } from '../../model/metrics.ts';
import { nearest } from '../../model/nearest.ts';
import { dictionary } from '../../model/own-kpi.ts';
import type { KpiProof } from '../../model/proof.ts';
import { kpisOf } from '../../store/forecast-views.ts';
import { proofsByKpi } from '../../store/worth.ts';
import { findPartnerScores } from '../../store/results.ts';
import { planSettings } from '../../sync/measure/plan-import.ts';
import { printJson, usage, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { plural, printable, table } from '../format.ts';
import { registerRollUp } from './kpi-rollup.ts';
import { CONNECTION_ID, onPlans, type PlanOptions } from './on-plans.ts';
import { askedPartner } from '../typed-ids.ts';

/** Columns of a terminal that a formula is broken at. */
const WIDTH = 96;

type Shapes = ReadonlyMap<string, MetricShape>;
type Proofs = ReadonlyMap<string, KpiProof>;

export function registerKpi(kpi: Command, deps: CliDeps): void {
  registerRollUp(kpi, deps);
  withDatabase(
    kpi
      .command('list')
      .description('the metric dictionary; those that a plan may promise are marked'),
    'headwater kpi list',
  )
    .option(...CONNECTION_ID)
    .action(async (options: PlanOptions) => {
      const { shapes, proofs } = await shapesOf(deps, options);
      if (options.json)
        return printJson(
          deps,
          [...shapes].map(([id, shape]) => ({ kpi: id, ...shape, proof: proofs.get(id) ?? null })),
        );
      deps.stdout(listText(shapes, proofs));
    });
  withDatabase(
    kpi
      .command('explain')
      .description('what a metric means, how a plan may promise it, and what it is for a partner')
      .argument('<metric>', 'its id, or the words that people use for it'),
    'headwater kpi explain won_amount --partner Northwind',
  )
    .option(...CONNECTION_ID)
    .option('--partner <id or name>', 'with the figures of this partner')
    .action(
      async (words: string, options: PlanOptions & { partner?: string }) =>
        await explain(deps, words, options),
    );
}

/** The dictionary, with the organisation's own metrics where a database is here that was synced. */
async function shapesOf(
  deps: CliDeps,
  options: PlanOptions,
): Promise<{ shapes: Shapes; proofs: Proofs }> {
  try {
    return await onPlans(deps, options, async (store, connectionId) => ({
      shapes: dictionary((await planSettings(store, connectionId)).kpis),
      proofs: await proofsByKpi(store, connectionId),
    }));
  } catch (error) {
    // Before there is a database the dictionary is what everybody has.
    if (error instanceof HeadwaterError && error.kind === 'config')
      return { shapes: dictionary(), proofs: new Map() };
    throw error;
  }
}

function listText(shapes: Shapes, proofs: Proofs): string {
  const families = Map.groupBy([...shapes], ([, { family }]) => family);
  const rows = [...families].flatMap(([family, own]) =>
    own.map(([id, { unit, label, target }], i) => [
      ...[i === 0 ? family : '', id, unit, printable(label, 60)],
      target === undefined ? '' : target.direction === 'up' ? 'more is better' : 'less is better',
      proofs.get(id)?.verdict ?? '',
    ]),
  );
  return `${table(['family', 'metric', 'unit', 'what it is', 'in a plan', 'foretells wins'], rows)}\nheadwater kpi explain METRIC says how each is measured\n`;
}

/** The id that somebody means. Errors: usage, with the nearest one. */
function metricNamed(words: string, shapes: Shapes): string {
  const meant = shapes.has(words) ? words : metricOfWords(words);
  if (meant !== null) return meant;
  const near = nearest(words, [...shapes.keys()]);
  throw usage(
    `there is no metric "${printable(words, 60)}"${near === null ? '; headwater kpi list shows all' : `: did you mean ${near}?`}`,
  );
}

async function explain(
  deps: CliDeps,
  words: string,
  options: PlanOptions & { partner?: string },
): Promise<void> {
  const { shapes, proofs } = await shapesOf(deps, options);
  const id = metricNamed(words, shapes);
  const shape = shapes.get(id)!;
  const { partner } = options;
  const figures = partner === undefined ? [] : await figuresOf(deps, options, id, partner);
  if (options.json)
    return printJson(deps, { kpi: id, ...shape, proof: proofs.get(id) ?? null, partners: figures });
  const rows = figures.map((one) => [
    printable(one.name, 40),
    one.value === null ? '–' : String(Math.round(one.value * 1000) / 1000),
    one.low === null && one.high === null ? '' : `${edge(one.low)} to ${edge(one.high)}`,
    String(one.evidence),
    printable(one.note ?? '', 60),
  ]);
  deps.stdout(
    `${shapeText(id, shape)}${proofText(proofs.get(id))}${rows.length === 0 ? '' : `\n${table(['partner', shape.unit, '80% band', 'evidence', ''], rows)}`}`,
  );
}

/** Whether it foretells wins here, and what that rests on. */
function proofText(proof: KpiProof | undefined): string {
  if (proof === undefined) return '';
  const { verdict, gain, effect, deals, partners } = proof;
  const behind = `${plural(deals, 'deal')} of ${plural(partners, 'partner')}`;
  if (gain === null || effect === null)
    return `  Foretells wins: ${verdict} (${behind} are too few, or all the same). It weighs nothing.\n`;
  const range = (of: typeof gain, places: number): string =>
    `${of.mean.toFixed(places)} (${of.low.toFixed(places)} to ${of.high.toFixed(places)})`;
  return [
    `  Foretells wins: ${verdict}, by ${behind}.${verdict === 'proven' ? '' : ' It weighs nothing.'}`,
    `  One standard deviation more goes with ${range(effect, 2)} log odds of a win; an association.`,
    `  On partners it was not learned from: ${range(gain, 2)} thousandths of log loss a deal.`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const edge = (value: number | null): string =>
  value === null ? '…' : String(Math.round(value * 1000) / 1000);

function shapeText(id: string, { family, unit, label, doc, target }: MetricShape): string {
  const promised =
    target === undefined
      ? '  It cannot be promised in a plan.\n'
      : `  In a plan: ${target.direction === 'up' ? 'more is better' : 'less is better'}, needs ${target.feed}, version ${target.version}.\n${target.words.length === 0 ? '' : `  Also called: ${target.words.slice(0, 6).join(', ')}\n`}`;
  return `${printable(label)} (${id}; ${family}, ${unit})\n${wrapped(printable(doc))}${promised}`;
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `  ${line}\n`).join('');
}

/** What the last run measured of the partners of this id or name. */
async function figuresOf(deps: CliDeps, options: PlanOptions, id: string, typed: string) {
  return await onPlans(deps, options, async (store, connectionId) => {
    const partner = await askedPartner(deps, store, connectionId, typed);
    const found = await findPartnerScores(store, connectionId, partner);
    if (found.length === 0)
      throw usage(`${plural(0, 'scored partner')} called "${printable(typed, 60)}"`);
    const all = await Promise.all(
      found.map(async ({ score: { partnerId }, name }) => ({
        name,
        own: (await kpisOf(store, connectionId, partnerId)).find((one) => one.kpi === id),
      })),
    );
    return all.flatMap(({ name, own }) => (own === undefined ? [] : [{ name, ...own }]));
  });
}
