import { prepareMapping, type PreparedMapping } from '../../../sync/run/prepare.ts';
import type { MappingFault } from '../../../model/mapping.ts';
import type { AppDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { onOrg, type OpenOrg } from './known-org.ts';
import type { InForce } from './held.ts';

/** A document against the CRM's own description, with what may be done with both. */
export const onChecked = async <T>(
  deps: AppDeps,
  { at, connection }: InForce,
  text: string,
  work: (checked: PreparedMapping, org: OpenOrg) => Promise<T>,
  fresh = false,
): Promise<T> =>
  await onOrg(
    deps,
    at,
    connection.id,
    async (org) => await work(await prepareMapping(org, text, connection.crm), org),
    fresh,
  );

export const errorsOf = (faults: readonly MappingFault[]): MappingFault[] =>
  faults.filter(({ severity }) => severity === 'error');

/** That a text has faults, each in its line. */
export const unsound = (faults: readonly MappingFault[]): Problem =>
  new Problem(
    409,
    'MAPPING',
    errorsOf(faults)
      .map(({ line, column, message }) => `${line}:${column} ${message}`)
      .join('\n'),
    'Correct these lines first; the mapping in force stays as it is.',
  );
