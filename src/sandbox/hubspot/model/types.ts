/**
 * What a portal keeps. A record's version is never changed in place: a write makes the next one, so
 * that a lagging search index can go on holding the last.
 */
export type Values = Readonly<Record<string, string>>;

export interface HubRecord {
  readonly id: string;
  /** The id as a number, the order of lists. */
  readonly number: number;
  /** Set properties only; a cleared property is absent. */
  readonly values: Values;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly archivedMs: number | null;
  /** Who made it; the source of every value that never changed. */
  readonly origin: Source;
}

/** Where a value came from, as property history and webhooks name it. */
export interface Source {
  sourceType:
    | 'CRM_UI'
    | 'INTEGRATION'
    | 'IMPORT'
    | 'CALCULATED'
    | 'MERGE_OBJECTS'
    | 'AUTOMATION_PLATFORM';
  sourceId: string | null;
  userId: number | null;
}

export interface PropertyVersion {
  value: string;
  atMs: number;
  source: Source;
}

export type PropertyType =
  | 'bool'
  | 'date'
  | 'datetime'
  | 'enumeration'
  | 'number'
  | 'phone_number'
  | 'string';

export interface PropertyOption {
  label: string;
  value: string;
  displayOrder: number;
  hidden: boolean;
  description?: string;
}

export interface PropertyDefinition {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  description: string;
  groupName: string;
  options: PropertyOption[];
  displayOrder: number;
  calculated: boolean;
  externalOptions: boolean;
  referencedObjectType: string | null;
  hasUniqueValue: boolean;
  hidden: boolean;
  hubspotDefined: boolean;
  formField: boolean;
  readOnlyValue: boolean;
  numberDisplayHint?: string;
  showCurrencySymbol?: boolean;
  createdMs: number;
  updatedMs: number;
  archivedMs: number | null;
}

export interface PropertyGroup {
  name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
}

export interface ObjectType {
  /** `0-3`, `2-1200345`. */
  id: string;
  /** Singular lower-case name: `deal`. */
  name: string;
  plural: string;
  /** The word in OAuth scopes: `crm.objects.<scope>.read`. */
  scope: string;
  /**
   * Word of webhook subscriptions (`deal.creation`); null for objects that only
   * have the generic `object.*`.
   */
  eventName: string | null;
  /** The property that holds the time of the last change. */
  modifiedProperty: string;
  custom: CustomSchema | null;
}

export interface CustomSchema {
  labels: { singular: string; plural: string };
  description: string;
  requiredProperties: string[];
  searchableProperties: string[];
  primaryDisplayProperty: string;
  secondaryDisplayProperties: string[];
  associatedObjects: string[];
  createdMs: number;
  updatedMs: number;
  archivedMs: number | null;
}

export interface PipelineStage {
  id: string;
  label: string;
  displayOrder: number;
  metadata: Record<string, string>;
  createdMs: number;
  updatedMs: number;
  archived: boolean;
}
export interface Pipeline {
  id: string;
  label: string;
  displayOrder: number;
  stages: PipelineStage[];
  createdMs: number;
  updatedMs: number;
  archived: boolean;
}

export interface Owner {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
  createdMs: number;
  updatedMs: number;
  archived: boolean;
}

export interface AssociationType {
  category: 'HUBSPOT_DEFINED' | 'USER_DEFINED';
  typeId: number;
  label: string | null;
  name: string;
  fromTypeId: string;
  toTypeId: string;
}

/**
 * Behaviour on which the vendor's documents and what people saw disagree,
 * or which tests want to vary.
 */
export interface PortalSwitches {
  /**
   * A merge makes a record with a new id (companies and deals of newer portals)
   * instead of keeping the winner's.
   */
  mergeCreatesNewId: boolean;
  /** What GET answers for an id that was merged away. */
  mergedGet: 'winner' | 'notFound';
  /** How long a write stays invisible to search. */
  searchLagMs: number;
  /**
   * Search finds and orders records by what its index holds, and shows them as they are now: a
   * client sees values that its filter did not ask for.
   */
  searchShowsLive: boolean;
  /** Fewer rows on list and search pages than asked. */
  pageShrink: number;
  /** How many versions of a property are handed out. */
  historyVersions: number;
  /** One wrong row in batch/update without trace ids: refuse the call, or answer 207. */
  batchBadRow: 'refuse' | 'multiStatus';
  /**
   * toObjectId of v4 associations as a JSON number, as seen in real replies, or as
   * text as in the description.
   */
  associationIdsAsNumbers: boolean;
  /** How many custom properties an object takes: ten in a free portal, a thousand in a paid one. */
  customProperties: number;
}

export interface PortalSettings {
  portalId: number;
  timeZone: string;
  utcOffsetMinutes: number;
  companyCurrency: string;
  /** Rate into the company currency by code; not empty = a portal with several currencies. */
  exchangeRates: Record<string, number>;
  switches: PortalSwitches;
}

/** What happened to a record, for webhooks. */
export type PortalEvent = { atMs: number; typeId: string; id: string; source: Source } & (
  | { kind: 'creation' | 'deletion' | 'privacyDeletion' | 'restore' }
  | { kind: 'propertyChange'; property: string; value: string }
  | { kind: 'merge'; primaryId: string; mergedIds: string[]; newId: string; moved: number }
  | {
      kind: 'associationChange';
      association: string;
      /** The other end's kind, and the kind of link. */
      toTypeId: string;
      associationTypeId: number;
      category: string;
      toId: string;
      removed: boolean;
      primary: boolean;
    }
);
