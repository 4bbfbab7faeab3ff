import type { CrmField, CrmObject, CrmType } from '../../src/model/connector.ts';
import { keyedCache } from '../kit/cache.ts';
import { readOnlyField } from '../kit/fields.ts';
import type { Folder } from './folder.ts';
import type { Survey } from './survey.ts';
import { toField, type Written } from './written.ts';

/**
 * The stamp of files that have no stamp column: when the file, or what Headwater wrote for the row,
 * last changed.
 */
export const FILE_STAMP = 'file changed at';

export interface Describer {
  /** null = no such file. */
  describe(object: string): Promise<CrmObject | null>;
  /** Look again next time: columns changed. */
  forget(object: string): void;
}

/** Objects as the data shows them, cached for the life of the session. */
export function makeDescriber(folder: Folder): Describer {
  const cache = keyedCache((object) => load(folder, object));
  return {
    describe: cache.get,
    forget: cache.forget,
  };
}

async function load(folder: Folder, object: string): Promise<CrmObject | null> {
  const found = await folder.survey(object);
  return found === null
    ? null
    : shapeOf(found, await folder.written(object), folder.settings.files[object]?.references ?? {});
}

function shapeOf(survey: Survey, written: Written, references: Record<string, string>): CrmObject {
  const own = survey.columns.map(({ name, type }) => ({
    ...readOnly(name, type),
    referenceTo: references[name] === undefined ? [] : [references[name]],
  }));
  const taken = new Set(own.map((field) => field.name));
  return {
    name: survey.object,
    label: survey.object,
    custom: true,
    tracksDeletes: true,
    stampField: survey.stamp === null ? FILE_STAMP : survey.columns[survey.stamp]!.name,
    fields: [
      ...own,
      readOnly(FILE_STAMP, 'datetime'),
      ...written.columns.filter((column) => !taken.has(column.name)).map(toField),
    ],
  };
}

/** Columns of the source belong to whoever exports it. */
const readOnly = (name: string, type: CrmType): CrmField =>
  readOnlyField(name, type, { custom: true, filterable: true });
