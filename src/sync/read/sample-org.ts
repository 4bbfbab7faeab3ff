import type {
  CrmObject,
  CrmRow,
  CrmSession,
  ReadRange,
  ReadRequest,
} from '../../model/connector.ts';
import { objectsToDescribe } from '../../mapping/document/objects.ts';
import { bundleTargets } from '../../mapping/suggest/bundles.ts';
import { ownObjectsToDescribe, whatToSample } from '../../mapping/suggest/probe.ts';
import type { SuggestInput } from '../../mapping/suggest/index.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { DAY_MS } from '../../model/time.ts';

/** Rows that tell enough about a field; an object with no more than this is read whole. */
const ENOUGH_ROWS = 2_000;
/**
 * A larger object is sampled from its last changes: the window doubles from a day until it holds
 * this many, or is two years wide.
 */
const FEW_ROWS = 200;
const WIDEST_DAYS = 730;

/** Describes and samples an org, reading only. `say` hears of each object. */
export async function sampleOrg(
  session: CrmSession,
  crm: string,
  base: MappingDocument,
  say: (text: string) => void,
): Promise<SuggestInput> {
  const known = new Map<string, CrmObject | null>();
  const describe = async (names: string[]): Promise<void> => {
    for (const name of names) if (!known.has(name)) known.set(name, await session.describe(name));
  };
  for (
    let wanted = objectsToDescribe(base, known);
    wanted.length > 0;
    wanted = objectsToDescribe(base, known)
  )
    await describe(wanted);
  await describe(ownObjectsToDescribe(await session.listObjects()));
  const found = (): CrmObject[] => [...known.values()].filter((object) => object !== null);
  // What hangs on companies, deals and own objects by associations rather than by fields.
  await describe(bundleTargets(found()));
  // Record kinds: the names of what a company's "type" lookup leads to.
  await describe(
    [
      ...new Set(
        found()
          .filter((object) => whatToSample(base, [object]).length > 0)
          .flatMap((object) =>
            object.fields
              .filter((field) => field.type === 'reference' && /type/i.test(field.name))
              .flatMap((field) => field.referenceTo),
          ),
      ),
    ].sort(),
  );
  const samples = new Map<string, CrmRow[]>();
  const counts = new Map<string, number>();
  for (const { object, fields } of whatToSample(base, found())) {
    const request = { object, fields, where: [], includeDeleted: false };
    const rows = await session.count({ ...request, range: { kind: 'all' } });
    counts.set(object, rows);
    if (rows > 0) samples.set(object, await sampledRows(session, request, rows));
    say(`${object}: ${rows} rows, ${samples.get(object)?.length ?? 0} sampled`);
  }
  const { currency, timeZone, fiscalYearStartMonth } = await session.identity();
  return {
    crm,
    base,
    objects: found(),
    samples,
    counts,
    org: { currency, timeZone, fiscalYearStartMonth: fiscalYearStartMonth ?? null },
  };
}

type Sampled = Omit<ReadRequest, 'range'>;

async function sampledRows(session: CrmSession, request: Sampled, rows: number): Promise<CrmRow[]> {
  const range: ReadRange =
    rows <= ENOUGH_ROWS ? { kind: 'all' } : await recent(session, request.object);
  return (await session.read({ ...request, range }, null)).rows;
}

/** Some rows of an object: the whole of a small one, the last changes of a large one. */
export async function recentRows(session: CrmSession, request: Sampled): Promise<CrmRow[]> {
  const rows = await session.count({ ...request, range: { kind: 'all' } });
  return rows === 0 ? [] : await sampledRows(session, request, rows);
}

/** The narrowest window before the CRM's now that has rows enough. */
async function recent(session: CrmSession, object: string): Promise<ReadRange> {
  const untilMs = await session.serverTimeMs();
  for (let days = 1; ; days *= 2) {
    const range: ReadRange = { kind: 'changed', fromMs: untilMs - days * DAY_MS, untilMs };
    if (
      days >= WIDEST_DAYS ||
      (await session.count({ object, where: [], range, includeDeleted: false })) >= FEW_ROWS
    )
      return range;
  }
}
