import type { EntityName } from '../../model/entities.ts';
import type { FieldRule } from '../../model/mapping.ts';
import {
  confidenceOf,
  plainSource,
  type Draft,
  type DraftAbsence,
  type DraftSource,
} from './draft.ts';
import { fillOf, wordsSeen, type Evidence } from './evidence.ts';
import type { FieldChoice } from './fields.ts';
import { CUSTOM_ENTITIES } from './lexicon/objects.ts';
import { SIDE_WORDS } from './lexicon/words.ts';
import type { ObjectMatch, OwnObjects } from './own-objects.ts';
import { sidesOfWords } from './shape/sides.ts';
import { decisionRule, metricRule } from './word-maps.ts';
import { mentions } from './words.ts';

/** Matches of the org's own objects, as sources. */

/**
 * The two sides in our words: as the words say, else as what is promised under them; null where the
 * values are ours already.
 */
function sideMap(
  evidence: Evidence,
  match: ObjectMatch,
  choice: FieldChoice,
  told: Record<string, string> | null,
): Record<string, string> | null {
  const values = wordsSeen(evidence, match.object.name, choice.field);
  if (values.every((value) => value === 'partner' || value === 'vendor')) return null;
  const said = values.map((value) => SIDE_WORDS.find(([, words]) => mentions(words, value))?.[0]);
  const both = said.includes('partner') && said.includes('vendor');
  return Object.fromEntries(
    values.flatMap((value, index) => {
      const side = both ? said[index] : (told?.[value] ?? said[index]);
      return side === undefined ? [] : [[value, side]];
    }),
  );
}

/** The words of both sides by the targets of the draft; milestones use the same. */
export function sidesOf(evidence: Evidence, matches: ObjectMatch[]): Record<string, string> | null {
  const target = matches.find(({ entity }) => entity === 'target');
  const side = target?.fields.get('side')?.field;
  return target === undefined || side === undefined
    ? null
    : sidesOfWords(evidence, {
        object: target.object,
        side,
        metric: target.fields.get('metric')?.field,
        goal: target.fields.get('goal')?.field,
      });
}

const metricOf = (
  evidence: Evidence,
  { object, fields }: ObjectMatch,
  { field }: FieldChoice,
): ReturnType<typeof metricRule> => metricRule(evidence, object, field, fields.get('label')?.field);

function ruleOf(
  evidence: Evidence,
  match: ObjectMatch,
  name: string,
  choice: FieldChoice,
  sides: Record<string, string> | null,
): FieldRule {
  if (name === 'metric' && match.entity === 'target') return metricOf(evidence, match, choice).rule;
  if (name === 'status' && match.entity === 'registration')
    return decisionRule(evidence, match.object, choice.field);
  const map = name === 'side' ? sideMap(evidence, match, choice, sides) : null;
  if (map !== null && Object.keys(map).length > 0) return { field: choice.field.name, map };
  return name === 'weight' && choice.field.type === 'percent'
    ? { field: choice.field.name, divideBy: 100 }
    : choice.field.name;
}

const shareText = (share: number | null): string =>
  share === null ? '' : `, ${Math.round(share * 100)}% filled`;

export function ownSource(
  evidence: Evidence,
  match: ObjectMatch,
  sides: Record<string, string> | null,
): DraftSource {
  const rows = evidence.counts.get(match.object.name);
  const draft = plainSource(
    match.entity,
    { object: match.object.name, fields: {} },
    confidenceOf(match.score),
    [
      `"${match.object.label}"${rows === undefined ? '' : `, ${rows} rows`}: ${match.because.join('; ')}.`,
    ],
  );
  for (const [name, choice] of match.fields) {
    if (name === 'metric' && match.entity === 'target')
      draft.questions.push(...metricOf(evidence, match, choice).questions);
    const others = choice.others.map(({ field }) => field.name).join(', ');
    draft.fields.set(name, {
      rule: ruleOf(evidence, match, name, choice, sides),
      note: `"${choice.field.label}", ${choice.because}${shareText(fillOf(evidence, match.object.name, choice.field.name))}${others === '' ? '' : `; or ${others}`}`,
    });
  }
  return draft;
}

/** Entities that stay empty, with the objects that came near as lines to uncomment. */
export function noteAbsences(own: OwnObjects, sources: DraftSource[]): DraftAbsence[] {
  return CUSTOM_ENTITIES.filter(
    ({ entity }) => !sources.some((source) => source.entity === entity),
  ).map(({ entity }): DraftAbsence => {
    const near = own.mentioned.filter((match) => match.entity === entity).slice(0, 2);
    return {
      entity,
      why:
        near.length === 0
          ? 'No object of this org looks like it.'
          : 'Nothing surely is one; nearest:',
      near: near.flatMap((match) => [
        `${entity}:    (${confidenceOf(match.score)} confidence: ${match.because.join('; ')}${match.missing.length > 0 ? `; nothing for ${match.missing.join(', ')}` : ''})`,
        `  object: ${match.object.name}`,
        '  fields:',
        ...[...match.fields].map(([name, { field }]) => `    ${name}: ${field.name}`),
      ]),
    };
  });
}

type Rules = Draft['dealPartner'];

/** The shipped rules; those that cannot find anybody in this draft are commented out. */
export function dealPartnerRules(evidence: Evidence, sources: DraftSource[]): Rules {
  const fills = (entity: EntityName, field?: string): boolean =>
    sources.some(
      (source) => source.entity === entity && (field === undefined || source.fields.has(field)),
    );
  const works: Record<Rules[number]['rule']['by'], [boolean, string]> = {
    field: [fills('deal', 'partnerId'), 'the deal names it'],
    role: [fills('dealPartner'), 'a partner role on the deal'],
    registration: [fills('registration', 'dealId'), 'the registration that became the deal'],
    campaign: [
      fills('campaign', 'partnerId') && fills('deal', 'campaignId'),
      "the deal's campaign belongs to a partner",
    ],
    accountParent: [
      fills('account', 'parentId') && fills('deal', 'accountId'),
      "the customer's parent company is a partner",
    ],
  };
  // A list of none would be no mapping: where nothing works, the shipped rules stand and
  // `mapping check` says what they lack.
  const none = evidence.base.dealPartner.every((rule) => !works[rule.by][0]);
  return evidence.base.dealPartner.map((rule) => ({
    rule,
    works: works[rule.by][0] || none,
    why: `${works[rule.by][1]}${works[rule.by][0] ? '' : ': nothing in this org fills it'}`,
  }));
}
