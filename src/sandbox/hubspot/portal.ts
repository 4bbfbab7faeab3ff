/**
 * A HubSpot portal in memory: objects, properties, pipelines, owners, associations and
 * their changes. No HTTP here.
 */
import { Links } from './associations/links.ts';
import { AssociationTypes } from './associations/types.ts';
import { invalid } from './model/errors.ts';
import { DEAL, ObjectTypes } from './model/object-types.ts';
import { Pipelines } from './model/pipelines.ts';
import type {
  Owner,
  ObjectType,
  PortalEvent,
  PortalSettings,
  PortalSwitches,
} from './model/types.ts';
import { MAX_CUSTOM, PropertyCatalog } from './properties/catalog.ts';
import { optionList } from './properties/compact.ts';
import { MULTI_CURRENCY, stageProperties } from './properties/standard.ts';
import { RecordTable } from './records/table.ts';

export const DEFAULT_SWITCHES: PortalSwitches = {
  mergeCreatesNewId: false,
  mergedGet: 'winner',
  searchLagMs: 0,
  searchShowsLive: false,
  pageShrink: 0,
  historyVersions: 20,
  batchBadRow: 'refuse',
  associationIdsAsNumbers: true,
  customProperties: MAX_CUSTOM,
};

const DEFAULT_SETTINGS: PortalSettings = {
  portalId: 48_291_637,
  timeZone: 'UTC',
  utcOffsetMinutes: 0,
  companyCurrency: 'USD',
  exchangeRates: {},
  switches: DEFAULT_SWITCHES,
};

/**
 * An admin's validation rule: a property that must be set, always or when another has a value.
 * Enforced on the 2026-09 write paths only.
 */
/** A workflow that sets one property whenever another was changed by a client. */
export interface Workflow {
  typeId: string;
  when: string;
  set: string;
  to: string | null;
}

export interface ValidationRule {
  typeId: string;
  require: string;
  when: { property: string; value: string } | null;
}

/** First record id; real portals give out eleven digits today. */
const FIRST_RECORD = 20_140_000_000;

export class Portal {
  readonly settings: PortalSettings;
  readonly nowMs: () => number;
  readonly types: ObjectTypes;
  readonly catalog: PropertyCatalog;
  readonly pipelines: Pipelines;
  readonly associationTypes: AssociationTypes;
  readonly links: Links;
  readonly owners = new Map<string, Owner>();
  readonly createdMs: number;
  readonly rules: ValidationRule[] = [];
  readonly workflows: Workflow[] = [];
  readonly #tables = new Map<string, RecordTable>();
  readonly #listeners: ((event: PortalEvent) => void)[] = [];
  #nextNumber = FIRST_RECORD;

  /** `nowMs` is the sandbox's clock; `createdMs` the time at which the portal was opened. */
  constructor(nowMs: () => number, settings: Partial<PortalSettings> = {}, createdMs = nowMs()) {
    this.settings = {
      ...DEFAULT_SETTINGS,
      ...settings,
      switches: { ...DEFAULT_SWITCHES, ...settings.switches },
    };
    this.nowMs = nowMs;
    this.createdMs = createdMs;
    this.types = new ObjectTypes(this.settings.portalId);
    this.catalog = new PropertyCatalog(createdMs, () => this.settings.switches.customProperties);
    for (const type of this.types.list()) this.catalog.open(type);
    const deal = this.types.get(DEAL);
    this.pipelines = new Pipelines(createdMs, (stage) =>
      this.catalog.addStandard(deal, stageProperties(stage.id, stage.label)),
    );
    if (this.hasCurrencies) this.#openCurrencies(deal);
    this.associationTypes = new AssociationTypes((id) => this.types.get(id).name);
    this.links = new Links(this.associationTypes);
  }

  get hasCurrencies(): boolean {
    return Object.keys(this.settings.exchangeRates).length > 0;
  }

  #openCurrencies(deal: ObjectType): void {
    const codes = [this.settings.companyCurrency, ...Object.keys(this.settings.exchangeRates)];
    for (const definition of this.catalog.addStandard(deal, MULTI_CURRENCY))
      if (definition.type === 'enumeration') definition.options = optionList([...new Set(codes)]);
  }

  /** The object a path names. Throws HubSpot's own answer to a name that it does not know. */
  typeNamed(word: string): ObjectType {
    const type = this.types.find(word);
    if (type === null)
      throw invalid(`Unable to infer object type from: ${decodeURIComponent(word)}`);
    return type;
  }

  table(type: ObjectType): RecordTable {
    let table = this.#tables.get(type.id);
    if (table === undefined) this.#tables.set(type.id, (table = new RecordTable()));
    return table;
  }

  newNumber(): number {
    this.#nextNumber += 1;
    return this.#nextNumber;
  }

  /** When a write made now shows in search; null = at once. */
  visibleAtMs(): number | null {
    const lag = this.settings.switches.searchLagMs;
    return lag === 0 ? null : this.nowMs() + lag;
  }

  /** Listeners hear of live changes only, never of history that is being loaded. */
  listen(listener: (event: PortalEvent) => void): void {
    this.#listeners.push(listener);
  }

  announce(event: PortalEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The values that a property with outside options may have; null = anything. */
  externalValues(name: string): ReadonlySet<string> | null {
    if (name === 'hubspot_owner_id')
      return new Set(
        [...this.owners.values()].filter((owner) => !owner.archived).map((owner) => owner.id),
      );
    if (name === 'pipeline') return new Set(this.pipelines.list().map((pipeline) => pipeline.id));
    if (name === 'dealstage')
      return new Set(
        this.pipelines
          .list()
          .flatMap((pipeline) =>
            pipeline.stages.filter((stage) => !stage.archived).map((stage) => stage.id),
          ),
      );
    return null;
  }
}
