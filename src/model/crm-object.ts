/** What a CRM says of its objects and their fields, alike for every connector. */

export const CRM_TYPES = [
  'id',
  'reference',
  'text',
  'longtext',
  'picklist',
  'multipicklist',
  'boolean',
  'integer',
  'number',
  'money',
  'percent',
  'date',
  'datetime',
  'other',
] as const;
export type CrmType = (typeof CRM_TYPES)[number];

export interface CrmField {
  name: string;
  label: string;
  type: CrmType;
  /** The CRM's own type word, for messages. */
  nativeType: string;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  /** Formula or server-calculated: does not move the modified stamp, or cannot be written. */
  calculated: boolean;
  custom: boolean;
  filterable: boolean;
  length: number | null;
  precision: number | null;
  scale: number | null;
  /** Active values of a picklist. */
  options: { value: string; label: string }[];
  /**
   * Values that nobody can choose any more and that old rows still hold, where the CRM tells them.
   */
  retiredOptions?: { value: string; label: string }[];
  /** Option values are the CRM's own keys (`FOOD_BEVERAGE`), and people see labels alone. */
  keyedOptions?: boolean;
  optionsRestricted: boolean;
  /** The CRM shows a mask in place of the value to users without a right of its own. */
  masked?: boolean;
  /** Its values are stored encrypted, for which a CRM may refuse to filter or sort by it. */
  encrypted?: boolean;
  /** When set-up last changed the field itself, where the CRM tells it. */
  modifiedMs?: number | null;
  referenceTo: string[];
  /** May name several records, `a;b`: the one that the CRM marks as primary first, then by age. */
  several?: boolean;
  /** Path word that follows the reference (`Account` for `AccountId`). */
  relationshipName: string | null;
  /** Of ids and references: how rows spell what the field holds, as `CrmObject.spellId`. */
  spellId?: (id: string) => string;
}

/** A field that is only read; `more` says what else is known of it. */
export const readOnlyField = (
  name: string,
  type: CrmType,
  more: Partial<CrmField> = {},
): CrmField => ({
  name,
  label: name,
  type,
  nativeType: type,
  required: false,
  createable: false,
  updateable: false,
  calculated: false,
  custom: false,
  filterable: false,
  length: null,
  precision: null,
  scale: null,
  options: [],
  optionsRestricted: false,
  referenceTo: [],
  relationshipName: null,
  ...more,
});

export interface CrmObject {
  name: string;
  label: string;
  custom: boolean;
  /** Other names that the CRM has for it, by which its webhooks may speak of it. */
  aliases?: string[];
  /** Only what the connected user may see. */
  fields: CrmField[];
  /**
   * Fields in which the CRM says of each record itself whether it is closed and won, whatever its
   * stage is called; absent where it says no such thing.
   */
  outcomeFields?: { closed: string; won: string };
  /**
   * The one spelling of a record's id that rows carry, from any that a person types or another API
   * gives (15 characters for 18, a bare or padded number); what is no id comes back as it is.
   * Absent where an id has one spelling only.
   */
  spellId?: (id: string) => string;
  /**
   * Field the connector windows on (`SystemModstamp`, `CreatedDate`,
   * `hs_lastmodifieddate`); null = only full reads.
   */
  stampField: string | null;
  /** Rows can be deleted, and the deletion can be read. */
  tracksDeletes: boolean;
  /**
   * The CRM has no count of these rows, so that counting is reading them: about so many for each
   * record of another object, which it counts. They can be read beside those records.
   * `links`: each row is a link of such a record, and no more than that.
   */
  perRecord?: { object: string; rows: number; links?: true };
}
