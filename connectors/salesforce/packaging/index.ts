import { HeadwaterError } from '../../../src/model/error.ts';
import type { CrmPackage, PackageRequest, Packager } from '../../../src/model/packaging.ts';
import { faultsOf } from '../field-metadata.ts';
import { permissionSetFiles } from './access.ts';
import { componentFiles } from './component.ts';
import { guide } from './guide.ts';
import { listViewFiles } from './list-views.ts';
import { fieldFiles } from './objects.ts';
import { recordPageFiles } from './pages.ts';
import { projectFiles } from './project.ts';
import { reportFiles } from './reports.ts';

/**
 * A source project for `sf project deploy`: fields, permission sets, the component for record
 * pages, list views, report types and a dashboard.
 */
export const packager: Packager = async (request: PackageRequest): Promise<CrmPackage> => {
  checkNames(request);
  const { writes } = request;
  const files = new Map([
    ...projectFiles(),
    ...fieldFiles(writes),
    ...permissionSetFiles(request),
    ...componentFiles(request),
    ...listViewFiles(request),
    ...reportFiles(request),
    ...recordPageFiles(writes),
  ]);
  return { files, steps: guide(writes) };
};

function checkNames({ writes }: PackageRequest): void {
  const faults = writes.flatMap(({ object, fields }) => [
    ...(/^[A-Za-z]\w*$/.test(object) ? [] : [`${object}: that is no name of an object`]),
    ...fields.flatMap(({ spec }) => faultsOf(spec).map((f) => `${object}.${spec.name}: ${f}`)),
  ]);
  if (faults.length > 0)
    throw new HeadwaterError('config', faults.join('; '), {
      code: 'PACKAGE_NAMES',
      cure: 'Correct the names under write: in the mapping.',
    });
}
