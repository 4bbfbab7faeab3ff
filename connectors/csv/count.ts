import type { ReadRequest } from '../../src/model/connector.ts';
import type { Folder } from './folder.ts';
import { mayHold, scan, testOf } from './scan.ts';

/**
 * Rows that a read of the same range and filter would give: told by the survey for whole files, by
 * a pass over the file for the rest.
 */
export async function count(
  folder: Folder,
  request: Pick<ReadRequest, 'object' | 'where' | 'range'>,
): Promise<number> {
  const survey = await folder.need(request.object);
  const written = await folder.written(request.object);
  if (request.range.kind === 'all' && request.where.length === 0)
    return survey.rows - survey.repeats.replaced.size;
  const matches = testOf(survey, written, request);
  if (!mayHold(survey, written, request)) return 0;
  let found = 0;
  for await (const { row } of scan(survey, written, 0))
    if (row !== null && matches(row)) found += 1;
  return found;
}
