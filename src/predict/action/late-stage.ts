import type { MeasureContext } from '../../model/facts.ts';

/** Whether a stage lies in the later half of the way to a win. */
export function isLateStage(stage: string | null, { stages }: MeasureContext): boolean {
  const open = [...stages.values()]
    .filter(({ closed }) => !closed)
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  const at = open.findIndex(({ key }) => key === stage);
  return at >= 0 && at >= open.length / 2;
}
