import { fold, keyFinder } from '../model/fold.ts';
import { there } from './alive.ts';
import { preparedRead } from './prepared.ts';
import { stages } from './schema.ts';
import type { Store } from './store.ts';

const keys = preparedRead({ key: stages.key }, (select) =>
  select.from(stages).where(there(stages)),
);

/** Keys of the stages that are listed. */
export const stageKeys = async (store: Store, connectionId: string): Promise<string[]> =>
  (await keys(store, { connectionId })).map(({ key }) => key);

/**
 * One spelling for each stage of a deal: that of the list, else that of the deal itself, so that a
 * stage written in two ways is no move.
 */
export function stageSpelling(listed: Iterable<string>): (stage: string, own: string) => string {
  const find = keyFinder(listed);
  return (stage, own) => find(stage) ?? (fold(stage) === fold(own) ? own : stage);
}
