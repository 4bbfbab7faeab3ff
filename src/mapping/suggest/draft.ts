import type { EntityName } from '../../model/entities.ts';
import type { DealPartnerRule, FieldRule, MappingSource } from '../../model/mapping.ts';

/** A suggestion before it is written down: what was chosen, why, and what else was possible. */

export type Confidence = 'high' | 'medium' | 'low';
export const confidenceOf = (score: number): Confidence =>
  score >= 0.75 ? 'high' : score >= 0.55 ? 'medium' : 'low';

/** A choice in words, for `--json` and for the comments. `field` null: the source as a whole. */
export interface Explanation {
  entity: EntityName;
  field: string | null;
  choice: string;
  confidence: Confidence;
  because: string[];
  alternatives: string[];
}

/** What only a person can say of the draft, asked once. */
export interface Question {
  entity: EntityName;
  field: string;
  /** The org's word that is asked about. */
  word: string;
  text: string;
}

interface DraftField {
  rule: FieldRule;
  note: string | null;
}
export interface DraftSource {
  entity: EntityName;
  source: Omit<MappingSource, 'fields'>;
  confidence: Confidence;
  /** Comment lines above the source. */
  why: string[];
  fields: Map<string, DraftField>;
  /** Lines to uncomment instead, without `# `. */
  instead: string[];
  questions: Question[];
}

/** An entity that the org seems not to have, with what came near. */
export interface DraftAbsence {
  entity: EntityName;
  why: string;
  near: string[];
}

export interface Draft {
  sources: DraftSource[];
  absent: DraftAbsence[];
  dealPartner: { rule: DealPartnerRule; works: boolean; why: string }[];
}

export const plainSource = (
  entity: EntityName,
  source: MappingSource,
  confidence: Confidence,
  why: string[],
): DraftSource => {
  const { fields, ...rest } = source;
  return {
    entity,
    source: rest,
    confidence,
    why,
    fields: new Map(Object.entries(fields).map(([name, rule]) => [name, { rule, note: null }])),
    instead: [],
    questions: [],
  };
};
