import type { EntityName } from '../../../model/entities.ts';
import { DEAL, PARTNER } from './channel.ts';
import { MILESTONE, PLAN, TARGET } from './planning.ts';
import {
  CAMPAIGN,
  CERTIFICATION,
  COST,
  DEAL_TEAM,
  QUOTE,
  REGISTRATION,
  SIGNAL,
} from './programme.ts';
import type { FieldPhrases } from './shared.ts';

/** Entity fields that a company keeps in fields of its own. */
export const FIELD_PHRASES: Partial<Record<EntityName, FieldPhrases>> = {
  partner: PARTNER,
  deal: DEAL,
  campaign: CAMPAIGN,
  registration: REGISTRATION,
  quote: QUOTE,
  dealTeam: DEAL_TEAM,
  plan: PLAN,
  target: TARGET,
  milestone: MILESTONE,
  certification: CERTIFICATION,
  cost: COST,
  signal: SIGNAL,
};
