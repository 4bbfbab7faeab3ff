import type { Packager } from '../../src/model/packaging.ts';

/**
 * The packager of the connector whose file `base` is, in `packaging/index` beside it. It is named
 * at run time: a Worker makes no packages, and its bundle leaves out what no import names.
 */
export const packagerBeside = (base: string) => async (): Promise<Packager> => {
  const ending = base.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./packaging/index.${ending}`, base).href;
  const { packager } = (await import(file)) as { packager: Packager };
  return packager;
};
