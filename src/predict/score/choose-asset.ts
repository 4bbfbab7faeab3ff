import type { AssetChoice, AssetLift } from '../../model/enablement.ts';
import { fold } from '../../model/fold.ts';
import type { Asset, Playbook } from '../../model/playbook.ts';

/** What an asset is wanted for. */
export interface WantedAsset {
  by: 'stage' | 'product';
  /** Its key, and what people call it. */
  names: readonly string[];
}
/** Whom it is for. */
export interface AssetReader {
  type: string | null;
  region: string | null;
}

const same = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a != null && b != null && fold(a) === fold(b);

/** What a partner likes its assets in: the first preference that is for it. */
function likes(
  { preferences }: Playbook,
  { type, region }: AssetReader,
  language: string,
): { language: string; form: string | null } {
  const found = preferences.find(
    (one) =>
      (one.type === undefined || same(one.type, type)) &&
      (one.region === undefined || same(one.region, region)),
  );
  return { language: found?.language ?? language, form: found?.form ?? null };
}

/**
 * The asset of the catalogue for a gap, in the reader's language before one in any language before
 * another one, then in the form that it likes; else in the order of the catalogue.
 */
export function chooseAsset(
  playbook: Playbook,
  { by, names }: WantedAsset,
  reader: AssetReader,
  language: string,
  lifts: ReadonlyMap<string, AssetLift>,
): AssetChoice | null {
  const wanted = likes(playbook, reader, language);
  const asked = playbook.coaching
    .filter((rule) => names.some((name) => same(rule[by], name)))
    .map(({ asset }) => asset);
  const speaks = (asset: Asset): number =>
    asset.language === wanted.language ? 2 : asset.language === undefined ? 1 : 0;
  const [best] = playbook.assets
    .filter(({ id }) => asked.includes(id))
    .toSorted(
      (a, b) =>
        speaks(b) - speaks(a) ||
        Number(same(b.form, wanted.form)) - Number(same(a.form, wanted.form)),
    );
  if (best === undefined) return null;
  const { id, title, url, language: its, form } = best;
  return {
    ...{ id, title, url: url ?? null, language: its ?? null, form: form ?? null },
    lift: lifts.get(id) ?? null,
  };
}
