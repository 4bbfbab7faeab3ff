import type { DealHistory } from './history.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Puts what one group of features says of the deal at `atMs`; reads no row later than that. */
export type FeatureGroup = (
  history: DealHistory,
  atMs: number,
  put: Put,
  vocabulary: Vocabulary,
) => void;
export interface Put {
  number(name: string, value: number): void;
  word(name: string, value: string | null): void;
}
