import type { BesidePage, ReadRequest } from '../../src/model/connector.ts';
import type { Links } from './associations.ts';
import { type ReadPlan, stampOf } from './columns.ts';
import { HISTORY_PROPERTIES, historyRows } from './history.ts';
import { recordId } from './ids.ts';
import { linkRowsNamed, rowsOfLinks, TO } from './link-rows.ts';
import type { ObjectType } from './objects.ts';
import type { Reader } from './reader.ts';
import type { RawRecord } from './records.ts';
import { DEAL_HISTORY } from './virtual.ts';

/** What is read of records for the objects beside them, which have a row or several of each. */
export interface Beside {
  /** Properties whose history is wanted; none of a read by ids. */
  history: string[];
  links: ObjectType | null;
}

export async function planBeside(reader: Reader, request: ReadRequest): Promise<Beside> {
  const asked = request.range.kind === 'ids' ? [] : (request.beside ?? []);
  const linked = asked.some(({ object }) => linkRowsNamed(object) !== null);
  return {
    history: asked.some(({ object }) => object === DEAL_HISTORY) ? HISTORY_PROPERTIES : [],
    links: linked ? await reader.describer.type(TO) : null,
  };
}

/** The rows of those objects that belong to these records. */
export async function besideRows(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  records: RawRecord[],
  links: Map<string, Links>,
): Promise<BesidePage[]> {
  const { typeId } = plan.object.type;
  const { range } = request;
  const pages: BesidePage[] = [];
  for (const one of range.kind === 'ids' ? [] : (request.beside ?? [])) {
    const of = linkRowsNamed(one.object);
    if (of !== null) {
      const to = (await reader.describer.type(TO))?.typeId ?? '';
      const linked = records.map((each) => ({
        id: recordId(typeId, each.id),
        stampMs: stampOf(plan, each),
        toIds:
          links
            .get(to)
            ?.get(each.id)
            ?.map(({ toId }) => recordId(to, toId)) ?? null,
      }));
      pages.push({ object: one.object, rows: rowsOfLinks(of, { ...one, range }, linked) });
    } else if (one.object === DEAL_HISTORY) {
      const owners = records.length === 0 ? new Map<string, string>() : await reader.ownersByUser();
      const rows = historyRows(records, { ...one, range }, { typeId, owners });
      pages.push({ object: one.object, rows });
    }
  }
  return pages;
}
