/** What every part of the org works on: schema, rows, ids, rights and time. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Row } from '../org-types.ts';
import { RecycleBin } from './bin.ts';
import { idOf, IdSource, to18 } from './ids.ts';
import { Locks } from './locks.ts';
import { Permissions } from './permissions.ts';
import { Schema } from './schema.ts';
import { Storage } from './storage.ts';
import type { DuplicateRule, FieldUpdate, TriggerRule, ValidationRule } from './admin-rules.ts';

export interface OrgOptions {
  /** 15 or 18 characters, 00D…; made from the seed when left out. */
  orgId?: string;
  name: string;
  clock: { nowMs(): number };
  seed: number;
  /** Partner relationship management. Default true. */
  prm?: boolean;
  /** Several currencies. Default false. */
  multiCurrency?: boolean;
  /**
   * Units per unit of the corporate currency, for a multi-currency org; the corporate currency
   * itself need not be listed.
   */
  conversionRates?: Record<string, number>;
  /** IANA time zone of new users and of the org. Default GMT. */
  timeZone?: string;
  /** Corporate currency. Default USD. */
  currency?: string;
  fiscalYearStartMonth?: number;
  /** Opportunity fields whose changes OpportunityFieldHistory keeps. */
  trackedFields?: readonly string[];
  /** The same for accounts, contacts and leads, by object; none unless named. */
  tracked?: Record<string, readonly string[]>;
  /**
   * Advanced currency management: amounts of opportunities are converted by
   * the rate of their close date.
   */
  datedRates?: readonly { isoCode: string; startDate: string; rate: number }[];
  /** Several people a task. Default false. */
  sharedActivities?: boolean;
  /** Account and opportunity teams, and splits. Default false. */
  teams?: boolean;
  /** Quotes and orders. Default false; a sandbox that loads a world has them, and teams. */
  quotes?: boolean;
  /** Accounts that are persons. Default false. */
  personAccounts?: boolean;
  /** Sales Territories. Default false. */
  territories?: boolean;
  /** A roll-up summary that changes moves its parent's SystemModstamp. Default true. */
  rollupMovesStamp?: boolean;
  /** Old closed activities move to the archive, where only queryAll finds them. Default true. */
  archiveActivities?: boolean;
  /** Custom fields of an object: 500 in an Enterprise org, which is the default. */
  customFields?: number;
  /**
   * What a write to a field that the user cannot even read answers. Recorded orgs
   * differ. Default INVALID_FIELD.
   */
  hiddenFieldWrite?: 'INVALID_FIELD' | 'INVALID_FIELD_FOR_INSERT_UPDATE';
  /**
   * Lookups emptied because their target was deleted move the row's SystemModstamp. Default true.
   */
  clearedLookupMovesStamp?: boolean;
}

export const DEFAULT_TRACKED: readonly string[] = ['Amount', 'CloseDate', 'OwnerId', 'StageName'];
const SECOND = 1000;
/** Salesforce stamps whole seconds. */
export const wholeSecond = (ms: number): number => Math.floor(ms / SECOND) * SECOND;

export class OrgCore {
  readonly options: OrgOptions;
  readonly orgId: string;
  readonly schema = new Schema();
  readonly storage = new Storage();
  readonly ids: IdSource;
  readonly permissions: Permissions;
  readonly bin = new RecycleBin();
  readonly validationRules: ValidationRule[] = [];
  readonly duplicateRules: DuplicateRule[] = [];
  readonly triggers: TriggerRule[] = [];
  readonly fieldUpdates: FieldUpdate[] = [];
  readonly locks = new Locks();

  constructor(options: OrgOptions) {
    this.options = options;
    this.ids = new IdSource(options.seed);
    this.orgId = options.orgId === undefined ? this.ids.next('00D') : to18(options.orgId);
    this.permissions = new Permissions(this);
  }

  nowMs(): number {
    return this.options.clock.nowMs();
  }

  /** A standard object that is always there. */
  must(name: string): ObjectDefinition {
    const object = this.schema.object(name);
    if (!object) throw new Error(`the org has no object ${name}`);
    return object;
  }

  /** The record of an id in either form, live or binned. */
  find(id: string): { object: ObjectDefinition; row: Row } | undefined {
    const named = this.schema.ofId(id);
    const exact = named && this.storage.table(named).get(id);
    if (named && exact) return { object: named, row: exact };
    const full = idOf(id);
    const object = full === null ? undefined : this.schema.ofId(full);
    const row = object && full !== null ? this.storage.table(object).get(full) : undefined;
    return object && row ? { object, row } : undefined;
  }

  get(object: string, id: unknown): Row | undefined {
    return typeof id === 'string' ? this.storage.table(this.must(object)).get(id) : undefined;
  }

  /**
   * Live rows of `object` whose foreign key or other indexed field has this value; a
   * copy, safe to change rows by.
   */
  rowsBy(object: ObjectDefinition, field: string, value: string): Row[] {
    return [...this.storage.table(object).lookup(field, value)].filter(
      (row) => row['IsDeleted'] !== true,
    );
  }
}
