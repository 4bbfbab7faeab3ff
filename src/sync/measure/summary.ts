import type { ConnectionDocument } from '../../model/connection.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { Reworded } from '../../model/rewriter.ts';
import { speechOf } from '../../predict/index.ts';
import { reword, type RewordDeps } from '../outbound/reword.ts';
import type { ReviewPlace } from './review-place.ts';
import type { ReviewPack } from '../../model/review.ts';

/** By what other words may be asked for; null = they are not wanted. */
export interface Rewording extends RewordDeps {
  connection: Pick<ConnectionDocument, 'rewriter'>;
}

/**
 * The three sentences of a pack, and other words where they are wanted. Errors: `config` where they
 * are and the connection document names nobody to ask.
 */
export async function packSummary(
  { moment }: ReviewPlace,
  { shared, internal }: ReviewPack,
  wanted: Rewording | null,
): Promise<Reworded> {
  const sentences = (internal ?? shared).summary;
  if (wanted === null) return { sentences, rewritten: null, refused: null };
  const { rewriter } = wanted.connection;
  if (rewriter === undefined)
    throw new HeadwaterError('config', 'no language model is set up that could reword a summary', {
      code: 'NO_REWRITER',
      cure: 'Add `rewriter:` with url and model to the connection document.',
    });
  const { language } = speechOf(moment.context);
  return await reword(rewriter, sentences, [shared.partner.name], language, wanted);
}
