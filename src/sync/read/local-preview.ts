import { previewRows, type PreviewRow } from '../../mapping/check/preview.ts';
import type { CrmRow, CrmSession } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import type { CompiledMapping, StreamSpec } from '../../model/mapping.ts';
import { localPage, localRows } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { readByIds } from './read-all.ts';

/** Rows of an object among which records are looked for. */
const LOOKED_AT = 2_000;
/** The same where they must be asked from the CRM: one call or two. */
const ASKED = 200;

/** Which records are shown: some that fit, some that are refused, or these. */
export type PreviewPick =
  | { pick: 'typical' | 'refused'; limit: number }
  | { pick: 'ids'; ids: string[] };

/**
 * Records of one entity before and after. They come from the local copy; where it lacks a field
 * that this mapping reads, or has no rows yet, the CRM is asked for a few.
 */
export async function previewEntity(
  store: Store,
  connectionId: string,
  mapping: CompiledMapping,
  entity: EntityName,
  wanted: PreviewPick,
  session: () => Promise<CrmSession>,
): Promise<PreviewRow[]> {
  const found: PreviewRow[] = [];
  for (const stream of mapping.streams.filter((one) => one.entities.includes(entity))) {
    const local = await localCandidates(store, connectionId, stream.object, wanted);
    const rows = isWhole(local, stream) ? local : await asked(await session(), stream, local);
    found.push(...chosen(previewRows(mapping, rows), entity, wanted));
  }
  return found.slice(0, wanted.pick === 'ids' ? wanted.ids.length : wanted.limit);
}

async function localCandidates(
  store: Store,
  connectionId: string,
  object: string,
  wanted: PreviewPick,
): Promise<CrmRow[]> {
  if (wanted.pick === 'ids')
    return [...(await localRows(store, connectionId, object, wanted.ids)).values()];
  const page = await localPage(store, connectionId, object, '', LOOKED_AT);
  return page.map(({ row }) => row);
}

const isWhole = (rows: CrmRow[], { fields }: StreamSpec): boolean =>
  rows.length > 0 && fields.every((field) => rows[0]!.fields[field] !== undefined);

/** The same records as the CRM has them now, or its first ones where we have none. */
async function asked(session: CrmSession, stream: StreamSpec, local: CrmRow[]): Promise<CrmRow[]> {
  const ids = local.slice(0, ASKED).map(({ id }) => id);
  if (ids.length > 0) return [...(await readByIds(session, stream, ids)).values()];
  const { rows } = await session.read({ ...stream, range: { kind: 'all' } }, null);
  return rows.slice(0, ASKED);
}

function chosen(rows: PreviewRow[], entity: EntityName, wanted: PreviewPick): PreviewRow[] {
  const own = rows.flatMap((row) => {
    const after = row.after.filter((one) => one.entity === entity);
    return after.length === 0 && wanted.pick !== 'ids' ? [] : [{ ...row, after }];
  });
  if (wanted.pick === 'ids') return own;
  const outcome = wanted.pick === 'refused' ? 'refused' : 'mapped';
  const fit = own.filter(({ after }) => after.some((one) => one.outcome === outcome));
  // Where none fits, those that could have are shown with why they did not.
  const left = wanted.pick === 'typical' && fit.length === 0 ? own : fit;
  return left.slice(0, wanted.limit);
}
