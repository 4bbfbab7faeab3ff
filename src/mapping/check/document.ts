import type { EntityName } from '../../model/entities.ts';
import type { DealPartnerRule } from '../../model/mapping.ts';
import { fold, keyFinder } from '../../model/fold.ts';
import { filling, readContext, written, type CheckContext } from './context.ts';
import { listed, named } from '../document/fault-list.ts';
import { fieldAt } from '../compile/reader.ts';
import { ruleObject, type DocumentPath } from '../document/sources.ts';
import { heldOptions } from '../../model/options.ts';
import { suggestion } from '../../model/nearest.ts';
import { isZone } from '../../model/zone.ts';

/** What the parts of a mapping ask of each other. */

export function checkSettings({ document, faults }: CheckContext): void {
  const { timeZone, reportingCurrency } = document.settings;
  if (!isZone(timeZone))
    faults.error(
      ['settings', 'timeZone'],
      `There is no time zone ${named(timeZone)}.`,
      'Use a name such as Europe/Berlin or America/New_York.',
      'value',
    );
  if (!/^[A-Z]{3}$/.test(reportingCurrency))
    faults.error(
      ['settings', 'reportingCurrency'],
      `${named(reportingCurrency)} is no currency code.`,
      'Use three capital letters, such as USD or EUR.',
      'value',
    );
}

/** Without partners, deals and stages there is nothing to work out. */
export function checkEssentials(context: CheckContext): void {
  const need = (entity: EntityName, cure: string): void => {
    if (filling(context, entity).length > 0) return;
    const given = written(context, entity);
    context.faults.error(
      given ? ['entities', entity] : ['entities'],
      given
        ? `No ${entity} can come from this org: every source of it is left out or can never match.`
        : `The mapping has no source of ${entity} rows.`,
      cure,
    );
  };
  need('partner', 'Say under `entities.partner` which records are partners.');
  need('deal', 'Say under `entities.deal` which records are deals.');
  if (context.document.stages === undefined)
    need(
      'stage',
      'Say under `entities.stage` where the stages are, or list them by hand under `stages`.',
    );
  else if (context.document.entities.stage !== undefined)
    context.faults.note(
      ['stages'],
      'The stages listed here replace `entities.stage`.',
      'Remove one of the two.',
    );
}

type Need = { entity: EntityName; field?: string };

const NEEDS: Record<DealPartnerRule['by'], Need[]> = {
  field: [{ entity: 'deal', field: 'partnerId' }],
  role: [{ entity: 'dealPartner' }],
  registration: [{ entity: 'registration', field: 'dealId' }],
  campaign: [
    { entity: 'campaign', field: 'partnerId' },
    { entity: 'deal', field: 'campaignId' },
  ],
  accountParent: [
    { entity: 'account', field: 'parentId' },
    { entity: 'deal', field: 'accountId' },
  ],
};

const needText = ({ entity, field }: Need): string =>
  named(field === undefined ? `entities.${entity}` : `entities.${entity}.fields.${field}`);

function checkRoles(context: CheckContext, roles: string[], at: DocumentPath): void {
  for (const { source, object } of filling(context, 'dealPartner', 'role')) {
    const { field, map } = ruleObject(source.fields['role'] ?? '');
    const found =
      object === null || field === undefined ? null : fieldAt(readContext(context, object), field);
    if (found == null || found.options.length === 0) continue;
    const known = heldOptions(found).map((value) =>
      String(map !== undefined && Object.hasOwn(map, value) ? map[value] : value),
    );
    for (const [index, role] of roles.entries()) {
      if (!known.some((one) => fold(one) === fold(role)))
        context.faults.warning(
          [...at, 'roles', index],
          `There is no partner role ${named(role)} in this org.`,
          suggestion(role, known, 'Take one of the roles of the picklist.'),
        );
    }
  }
}

export function checkDealPartner(context: CheckContext): void {
  const { dealPartner } = context.document;
  const explicit = context.faults.locate(['dealPartner']).exact;
  let working = 0;
  for (const [index, rule] of dealPartner.entries()) {
    const at = ['dealPartner', index];
    const unmet = NEEDS[rule.by].filter(
      ({ entity, field }) => filling(context, entity, field).length === 0,
    );
    if (unmet.length === 0) working += 1;
    const unwritten = unmet.filter(({ entity, field }) => !written(context, entity, field));
    if (explicit && unwritten.length > 0)
      context.faults.warning(
        at,
        `\`by: ${rule.by}\` finds no partner: the mapping has no ${unwritten.map(needText).join(' and no ')}.`,
        'Map it, or remove this rule.',
      );
    else if (explicit && unmet.length > 0)
      context.faults.note(
        at,
        `\`by: ${rule.by}\` finds no partner in this org: ${unmet.map(needText).join(' and ')} is optional and left out.`,
        'Nothing to do, as long as another rule works.',
      );
    if (rule.by === 'role' && rule.roles !== undefined) checkRoles(context, rule.roles, at);
  }
  if (working === 0)
    context.faults.error(
      ['dealPartner'],
      'No deal would have a partner: none of the rules can work with this mapping and org.',
      'Map `entities.deal.fields.partnerId` or `entities.dealPartner`.',
    );
}

export function checkStages(context: CheckContext): void {
  const { document, faults } = context;
  const stages = document.stages ?? [];
  if (document.stages === undefined) return;
  for (const [index, stage] of stages.entries()) {
    if (stages.findIndex(({ key }) => key === stage.key) < index)
      faults.error(
        ['stages', index, 'key'],
        `The stage ${named(stage.key)} is listed twice.`,
        'Remove one of the two.',
        'value',
      );
    if (stage.won && !stage.closed)
      faults.error(
        ['stages', index, 'won'],
        `The stage ${named(stage.key)} is won but not closed.`,
        'A won stage ends the deal: write `closed: true`.',
      );
  }
  if (!stages.some(({ won }) => won))
    faults.error(
      ['stages'],
      'No stage is won.',
      'Mark the stage of won deals with `closed: true, won: true`.',
    );
  if (!stages.some(({ won, closed }) => closed && !won))
    faults.warning(
      ['stages'],
      'No stage is lost: deals could only win.',
      'Mark the stage of lost deals with `closed: true, won: false`.',
    );
  const fields = filling(context, 'deal', 'stage').flatMap(({ source, object }) => {
    const { field, map } = ruleObject(source.fields['stage'] ?? '');
    const found =
      object === null || field === undefined || map !== undefined
        ? null
        : fieldAt(readContext(context, object), field);
    return found == null ? [] : [found];
  });
  const options = fields.flatMap((found) => found.options.map(({ value }) => value));
  if (options.length === 0) return;
  const [optionOf, stageOf] = [
    keyFinder(fields.flatMap(heldOptions)),
    keyFinder(stages.map(({ key }) => key)),
  ];
  for (const [index, { key }] of stages.entries()) {
    if (optionOf(key) === null)
      faults.warning(
        ['stages', index, 'key'],
        `Deals have no stage ${named(key)} in this org.`,
        suggestion(key, options, 'Take one of the values of the stage field.'),
        'value',
      );
  }
  const left = options.filter((option) => stageOf(option) === null);
  if (left.length > 0)
    faults.warning(
      ['stages'],
      `The stages ${listed(left)} are not listed: a deal in one of them is what the CRM says of it, and where it says nothing the deal is in no score and no forecast.`,
      'List them too.',
    );
}
