import { contentHash } from '../../../model/canonical.ts';
import type { ConnectionDocument } from '../../../model/connection.ts';
import type { AppDeps, HeldMapping } from '../deps.ts';
import { requirePlace, type Place } from '../places.ts';
import { Problem } from '../problem.ts';

/** A connection's document and the mapping that its next run uses. */
export interface InForce extends HeldMapping {
  at: Place;
  connection: ConnectionDocument;
  /** Content hash of the text. */
  version: string;
}

/** Errors: 404, and 409 where this host does not have the documents. */
export async function mappingInForce(deps: AppDeps, id: string): Promise<InForce> {
  const at = await requirePlace(deps, id);
  const connection = (await deps.documents?.list())?.find((one) => one.id === id);
  const held = await deps.documents?.mapping(at.database, id);
  if (connection === undefined || held == null)
    throw new Problem(
      409,
      'NO_DOCUMENT',
      `this host does not have the documents of connection "${id}"`,
      'Start it with `headwater serve --connection <file>`, or push them.',
    );
  return { ...held, at, connection, version: contentHash(held.text) };
}
