/** Rules that the admins and developers of an org wrote, as the org keeps them. */

export interface DuplicateRule {
  object: string;
  name: string;
  /** All of them must be equal, letter case and outer blanks aside; empty ones never match. */
  fields: readonly string[];
  /**
   * The client may insist by `Sforce-Duplicate-Rule-Header: allowSave=true`; false = blocked for
   * good.
   */
  allowSave: boolean;
  message: string;
  active: boolean;
}

export interface TriggerRule {
  object: string;
  name: string;
  on: readonly ('insert' | 'update')[];
  /** Refuses when true; null = always. */
  when: string | null;
  message: string;
  /** A flow instead of a trigger: CANNOT_EXECUTE_FLOW_TRIGGER. */
  flow: boolean;
}

/** A flow before the save that sets one field to what its formula gives. */
export interface FieldUpdate {
  object: string;
  name: string;
  field: string;
  formula: string;
  /** Only in saves that name the field. */
  whenSent: boolean;
}

/** A validation rule an admin wrote: when `formula` is true the save is refused with `message`. */
export interface ValidationRule {
  object: string;
  name: string;
  formula: string;
  message: string;
  field?: string;
  active: boolean;
}
