import type { EntityName } from '../../model/entities.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import type { ContradictedStage } from '../../store/contradicted-stages.ts';
import type { Finding } from '../../store/findings.ts';
import type { LostReferences } from '../../store/lost-references.ts';
import type { UnlistedStage } from '../../store/unlisted-stages.ts';

/** What the run could not place, in words for whoever can put it right. */

export const named = (ids: string[]): string => ids.map((id) => JSON.stringify(id)).join(', ');
export const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

type Feeds<T> = (entity: EntityName) => T;

/** Objects that an entity is made of. */
export const feedsOf =
  (mapping: CompiledMapping): Feeds<string[]> =>
  (entity) =>
    mapping.streams
      .filter((stream) => stream.entities.includes(entity))
      .map((stream) => stream.object);

/** The same; null = `pull` leaves some rows in the CRM, so what is not here may be there. */
export const wholeFeedsOf =
  (mapping: CompiledMapping): Feeds<string[] | null> =>
  (entity) =>
    mapping.streams.some((stream) => stream.entities.includes(entity) && stream.where.length > 0)
      ? null
      : feedsOf(mapping)(entity);

/** Only what counts otherwise than a person would think: a stage told by the CRM is no trouble. */
export const stageTroubles = (stages: UnlistedStage[]): UnlistedStage[] =>
  stages.filter((stage) => stage.unknown > 0 || stage.events > 0);

export function stageText({ stage, deals, unknown, events, examples }: UnlistedStage): string {
  const told = deals - unknown;
  return [
    `the stage ${JSON.stringify(stage)} is in no list of stages:`,
    unknown === 0
      ? ''
      : `of ${counted(unknown, 'deal')} nothing says whether ${unknown === 1 ? 'it is' : 'they are'} open, won or lost, so ${unknown === 1 ? 'it is' : 'they are'} in no score and no forecast;`,
    told === 0 ? '' : `of ${counted(told, 'deal')} the CRM says it by itself;`,
    events === 0
      ? ''
      : `${counted(events, 'row')} of the history ${events === 1 ? 'teaches' : 'teach'} nothing;`,
    `for example ${named(examples)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export const stageFinding = (stage: UnlistedStage): Finding => ({
  object: stage.object,
  id: stage.stage,
  entity: 'deal',
  field: 'stage',
  code: 'UNLISTED_STAGE',
  message: `${stageText(stage)} Add it to the list of stages (\`stages:\`, or \`entities.stage\`), or map \`closed\` and \`won\` of the deal.`,
});

export const contradictedText = (one: ContradictedStage): string =>
  `the mapping lists the stage ${JSON.stringify(one.stage)} as ${one.listed}, and the CRM says of ${counted(one.deals, 'deal')} in it that ${one.deals === 1 ? 'it is' : 'they are'} ${one.said}: the list counts; for example ${named(one.examples)}.`;

export const contradictedFinding = (one: ContradictedStage): Finding => ({
  object: one.object,
  id: `${one.stage} (${one.said})`,
  entity: 'deal',
  field: 'stage',
  code: 'STAGE_CONTRADICTS',
  message: `${contradictedText(one)} Correct \`closed\` and \`won\` of that stage, or take the stages of the CRM (\`entities.stage\`).`,
});

export const lostText = ({
  entity,
  field,
  rows,
  queue,
  examples,
  row,
}: Omit<LostReferences, 'queue'> & { queue?: boolean }): string =>
  queue === true
    ? `${entity}.${field} of ${counted(rows, 'row')} is a queue: ${named(examples)}, as in ${JSON.stringify(row)}; no person counts as its owner.`
    : `${entity}.${field} of ${counted(rows, 'row')} leads to nobody: ${named(examples)}, as in ${JSON.stringify(row)}.`;

export const lostFinding = (lost: LostReferences): Finding => ({
  object: lost.object,
  id: `${lost.entity}.${lost.field}${lost.queue ? ' (queue)' : ''}`,
  entity: lost.entity,
  field: lost.field,
  code: lost.queue ? 'OWNED_BY_QUEUE' : 'LEADS_TO_NOBODY',
  message: lost.queue
    ? lostText(lost)
    : `${lostText(lost)} No record with such an id was read: it may be deleted, hidden from the connected user, or spelt otherwise.`,
});
