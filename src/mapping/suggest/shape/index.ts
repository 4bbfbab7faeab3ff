import type { CrmField, CrmObject } from '../../../model/connector.ts';
import type { EntityName } from '../../../model/entities.ts';
import type { Evidence } from '../evidence.ts';
import { DEAL_SHAPES, PARTNER_SHAPES, REGISTRATION_SHAPES } from './channel.ts';
import { FEWEST_ROWS } from './column.ts';
import { MILESTONE_SHAPES, PLAN_SHAPES, TARGET_SHAPES } from './planning.ts';
import {
  CAMPAIGN_SHAPES,
  CERTIFICATION_SHAPES,
  COST_SHAPES,
  QUOTE_SHAPES,
  SIGNAL_SHAPES,
} from './programme.ts';
import { viewOf, type Judge } from './view.ts';

/**
 * What a field is, by its values and their neighbours alone: in an org whose words are all its own,
 * or in no language that the lexicon has, nothing else tells.
 */
const SHAPES: Partial<Record<EntityName, Readonly<Record<string, Judge>>>> = {
  partner: PARTNER_SHAPES,
  deal: DEAL_SHAPES,
  registration: REGISTRATION_SHAPES,
  campaign: CAMPAIGN_SHAPES,
  quote: QUOTE_SHAPES,
  plan: PLAN_SHAPES,
  target: TARGET_SHAPES,
  milestone: MILESTONE_SHAPES,
  certification: CERTIFICATION_SHAPES,
  cost: COST_SHAPES,
  signal: SIGNAL_SHAPES,
};

/** -1 cannot be it, 0 cannot be told, 1 looks like it. `above`: objects that stand above. */
export function shapeOf(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  entity: EntityName,
  wanted: string,
  above: readonly string[],
): number {
  const judge = SHAPES[entity]?.[wanted];
  if (judge === undefined || evidence.rows(object.name).length < FEWEST_ROWS) return 0;
  const among = object.name === evidence.companyObject ? evidence.partners() : null;
  return judge(viewOf(evidence, object, field, above, among));
}
