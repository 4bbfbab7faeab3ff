import type { Packager } from '../../src/model/packaging.ts';

/**
 * A module beside the connector whose file `base` is, named at run time: a Worker makes no
 * packages, and its bundle leaves out what no import names.
 */
export async function loadBeside<T>(base: string, path: string): Promise<T> {
  const ending = base.endsWith('.ts') ? 'ts' : 'js';
  return (await import(new URL(`./${path}.${ending}`, base).href)) as T;
}

/** The connector's packager, which is in `packaging/index` beside it. */
export const packagerBeside = (base: string) => async (): Promise<Packager> =>
  (await loadBeside<{ packager: Packager }>(base, 'packaging/index')).packager;
