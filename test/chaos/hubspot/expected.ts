import type { EntityName } from '../../../src/model/entities.ts';
import type { HubRecord, PropertyDefinition } from '../../../src/sandbox/hubspot/model/types.ts';
import { valueOf } from '../../../src/sandbox/hubspot/http/render.ts';
import type { Portal } from '../../../src/sandbox/hubspot/portal.ts';
import type { Copy, Expected, ExpectedModel } from '../world.ts';
import { ASSOCIATIONS, PROPERTIES } from './mapping.ts';
import { TYPES, typeOf, type Records } from './rows.ts';
import type { Value } from '../watch.ts';

type Fields = Record<string, Value>;

export const idOf = (object: string, number: string): string =>
  `${TYPES[object as Records]}-${number}`;
export const stampOf = (record: HubRecord): number =>
  Date.parse(record.values['hs_lastmodifieddate'] ?? '');

/** What the local copy must hold, from the portal itself. */
export function copyOf(portal: Portal): Copy {
  const records = Object.keys(TYPES).map(
    (object) => [object, new Map(recordsOf(portal, object).map((row) => [row.id, row]))] as const,
  );
  const others = { 'deals.history': historyOf(portal), deal_stages: stagesOf(portal) };
  return new Map([
    ...records,
    ...Object.entries(others).map(
      ([object, rows]) => [object, new Map(rows.map((row) => [row.id, row]))] as const,
    ),
  ]);
}

function recordsOf(portal: Portal, object: string): Expected[] {
  const type = typeOf(portal, object);
  const properties = PROPERTIES[object]!.map((name) => portal.catalog.find(type, name)).filter(
    (found) => found !== null,
  );
  return [...portal.table(type).all()].flatMap((record): Expected[] => {
    const [id, stampMs, deleted] = [
      idOf(object, record.id),
      stampOf(record),
      record.archivedMs !== null,
    ];
    const fields = Object.fromEntries(
      properties.map((property) => [
        property.name,
        plain(property, valueOf(portal, type, record, property.name)),
      ]),
    );
    // Of an archived record HubSpot shows no associations any more.
    const links = deleted
      ? {}
      : Object.fromEntries(
          ASSOCIATIONS[object]!.map(({ path, to, label }) => [
            path,
            linked(portal, type.id, record.id, to, label),
          ]),
        );
    const losers = (record.values['hs_merged_object_ids'] ?? '')
      .split(';')
      .filter((loser) => loser !== '' && loser !== record.id);
    return [
      { id, stampMs, deleted, mergedIntoId: null, fields: { ...fields, ...links } },
      ...losers.map(
        (loser): Expected => ({
          id: idOf(object, loser),
          stampMs,
          deleted: true,
          mergedIntoId: id,
          fields: {},
        }),
      ),
    ];
  });
}

function plain(property: PropertyDefinition, text: string | null): Value {
  if (text === null || text === '') return null;
  if (property.type === 'number') return Number(text);
  if (property.type === 'bool') return text === 'true';
  return property.type === 'datetime' ? new Date(text).toISOString() : text;
}

/**
 * All ids under the label, a primary one first, then by number; without a label the primary link
 * alone, where there is one.
 */
function linked(
  portal: Portal,
  typeId: string,
  id: string,
  to: string,
  label: string | null,
): Value {
  // An archived record is nobody's associate until it is restored.
  const links = portal.links
    .of(typeId, id, TYPES[to as Records])
    .filter(({ toId }) => portal.table(typeOf(portal, to)).get(toId)?.archivedMs === null);
  const under = (wanted: string | null): typeof links =>
    links.filter((link) => wanted === null || link.types.some((type) => type.label === wanted));
  const numbers = (some: typeof links): string[] =>
    some.map((link) => link.toId).sort((a, b) => Number(a) - Number(b));
  const primary = numbers(under('Primary'));
  const all = numbers(under(label));
  const found =
    label === null && primary.length > 0
      ? primary
      : [...primary.filter((each) => all.includes(each)), ...all];
  return found.length === 0 ? null : [...new Set(found)].map((each) => idOf(to, each)).join(';');
}

/** The state after every moment at which stage, amount or close date of a live deal changed. */
function historyOf(portal: Portal): Expected[] {
  const type = typeOf(portal, 'deals');
  return [...portal.table(type).all()]
    .filter((record) => record.archivedMs === null)
    .flatMap((record) => {
      const versions = (['dealstage', 'amount', 'closedate'] as const).map((name) =>
        portal.table(type).history(record, name).slice(0, portal.settings.switches.historyVersions),
      );
      const moments = [...new Set(versions.flat().map(({ atMs }) => atMs))];
      return moments.map((atMs): Expected => {
        const [stage = null, amount = null, closes = null] = versions.map(
          (list) => list.find((version) => version.atMs <= atMs)?.value || null,
        );
        const [id, dealId] = [`${idOf('deals', record.id)}/${atMs}`, idOf('deals', record.id)];
        return {
          id,
          stampMs: atMs,
          deleted: false,
          mergedIntoId: null,
          fields: {
            dealId,
            at: new Date(atMs).toISOString(),
            stage,
            amount: amount === null ? null : Number(amount),
            closeDate: closes === null ? null : new Date(closes).toISOString(),
          },
        };
      });
    });
}

function stagesOf(portal: Portal): Expected[] {
  return portal.pipelines.list().flatMap((pipeline, at) =>
    pipeline.stages
      .filter((stage) => !stage.archived)
      .map((stage): Expected => {
        const [probability, closed] = [
          Number(stage.metadata['probability']),
          stage.metadata['isClosed'] === 'true',
        ];
        return {
          id: `${pipeline.id}/${stage.id}`,
          stampMs: stage.updatedMs,
          deleted: false,
          mergedIntoId: null,
          fields: {
            key: stage.id,
            label: stage.label,
            order: at * 1000 + stage.displayOrder,
            closed,
            won: closed && probability === 1,
            probability,
            active: true,
          },
        };
      }),
  );
}

/** The first of several. */
const one = (value: Value | undefined): Value =>
  value == null ? null : (String(value).split(';')[0] ?? null);
const or = (value: Value | undefined): Value => value ?? null;
const ms = (value: Value | undefined): Value => (value == null ? null : Date.parse(String(value)));
const date = (value: Value | undefined): Value =>
  value == null ? null : String(value).slice(0, 10);
const flag = (value: Value | undefined): Value => (value == null ? null : value === true ? 1 : 0);
const [PARENT, PRIMARY, PARTNER, INFLUENCER] = [
  'associations.companies[Parent Company]',
  'associations.companies[Primary]',
  'associations.companies[Partner]',
  'associations.companies[Influencer]',
] as const;

/** The mapping of mapping.ts, done by hand. */
/** People read the label of an option whose key is HubSpot's own: `MACHINERY` is Machinery. */
const labelOf = (key: Fields[string]): Fields[string] =>
  typeof key === 'string' && key !== ''
    ? key
        .toLowerCase()
        .replace(
          /(^|_)([a-z])/g,
          (_, gap, first: string) => `${gap === '' ? '' : ' '}${first.toUpperCase()}`,
        )
    : null;

const RULES: {
  entity: EntityName;
  object: string;
  when?: (row: Fields) => boolean;
  values: (row: Fields, id: string) => Fields;
}[] = [
  {
    entity: 'partner',
    object: 'companies',
    when: (row) => row['is_partner'] === true,
    values: (row) => ({
      name: row['name'] ?? '(no name)',
      tier: or(row['partner_tier']),
      region: or(row['country']),
      parentId: one(row[PARENT]),
    }),
  },
  {
    entity: 'account',
    object: 'companies',
    values: (row) => ({
      name: row['name'] ?? '(no name)',
      industry: labelOf(row['industry'] ?? null),
      country: or(row['country']),
      parentId: one(row[PARENT]),
    }),
  },
  {
    entity: 'deal',
    object: 'deals',
    values: (row) => ({
      name: row['dealname'] ?? '(no name)',
      accountId: one(row[PRIMARY]),
      partnerId: one(row[PARTNER]),
      stage: or(row['dealstage']),
      amount: or(row['amount']),
      closeDate: date(row['closedate']),
      createdAt: ms(row['createdate']),
      registeredAt: ms(row['registered_at']),
      product: or(row['product']),
      crmProbability: or(row['hs_deal_stage_probability']),
      source: or(row['deal_source']),
    }),
  },
  {
    entity: 'dealPartner',
    object: 'deals',
    when: (row) => row[INFLUENCER] != null,
    values: (row, id) => ({
      dealId: id,
      partnerId: one(row[INFLUENCER]),
      role: 'Influencer',
      primary: 0,
    }),
  },
  {
    entity: 'dealEvent',
    object: 'deals.history',
    values: (row) => ({
      dealId: or(row['dealId']),
      at: ms(row['at']),
      stage: or(row['stage']),
      amount: or(row['amount']),
      closeDate: date(row['closeDate']),
    }),
  },
  {
    entity: 'stage',
    object: 'deal_stages',
    values: (row) => ({
      key: or(row['key']),
      label: or(row['label']),
      order: or(row['order']),
      closed: flag(row['closed']),
      won: flag(row['won']),
      probability: or(row['probability']),
      active: flag(row['active']),
    }),
  },
  {
    entity: 'activity',
    object: 'calls',
    when: (row) => row['hs_call_status'] === 'COMPLETED',
    values: (row) => ({
      dealId: one(row['associations.deals']),
      accountId: one(row['associations.companies']),
      kind: 'call',
      at: ms(row['hs_timestamp'] ?? row['hs_createdate']),
      qualifying: 1,
    }),
  },
];

/** Entity by entity, and the deal's partner by the three rules of the mapping, in its order. */
export function modelOf(copy: Copy): ExpectedModel {
  const alive = (object: string): Expected[] =>
    [...copy.get(object)!.values()].filter((row) => !row.deleted && row.mergedIntoId === null);
  const companies = copy.get('companies')!;
  const live = (id: Value | undefined): string | null => {
    const row = typeof id === 'string' ? companies.get(id) : undefined;
    return row !== undefined && !row.deleted && row.fields['is_partner'] === true ? row.id : null;
  };
  const partnerOf = ({ fields }: Expected): string | null => {
    const account = companies.get(String(one(fields[PRIMARY])));
    return (
      live(one(fields[PARTNER])) ??
      live(one(fields[INFLUENCER])) ??
      (account !== undefined && !account.deleted ? live(one(account.fields[PARENT])) : null)
    );
  };
  return {
    entities: RULES.map(({ entity, object, when, values }) => ({
      entity,
      rows: new Map(
        alive(object)
          .filter((row) => when?.(row.fields) ?? true)
          .map((row) => [row.id, values(row.fields, row.id)]),
      ),
    })),
    partnerOf: new Map(alive('deals').map((row) => [row.id, partnerOf(row)])),
  };
}
