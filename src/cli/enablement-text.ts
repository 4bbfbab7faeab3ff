import type { AssetChoice, AssetLift, Enablement } from '../model/enablement.ts';
import type { CertificationEffect } from '../model/training-effect.ts';
import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { enablementList } from '../sync/measure/trait-list.ts';
import { heading, printable } from './format.ts';
import { partnersText } from './partners-text.ts';

type Row = Awaited<ReturnType<typeof enablementList>>[number];

function assetText(asset: AssetChoice | null, speech: Speech): string {
  if (asset === null) return say(speech, 'enable.noAsset');
  const { title, url, form } = asset;
  const named = say(speech, 'enable.asset', { asset: printable(title, 80) });
  return [named, ...[form, url].flatMap((one) => (one === null ? [] : [printable(one, 200)]))].join(
    ', ',
  );
}

function gapLine(
  { by, label, n, lost, own, low, high, pool, asset }: Enablement['gaps'][number],
  speech: Speech,
): string {
  const of = printable(label, 60);
  const given = { n, lost, own, low, high, pool };
  return `${
    by === 'stage'
      ? say(speech, 'enable.gap.stage', { ...given, stage: of })
      : say(speech, 'enable.gap.product', { ...given, product: of })
  } ${assetText(asset, speech)}`;
}

function needLine(
  { deal, dealId, product, certificate, asset }: Row['trait']['needs'][number],
  speech: Speech,
): string {
  const said = say(speech, 'enable.need', {
    ...{ deal: printable(deal ?? dealId, 60), product: printable(product, 60) },
    certificate: printable(certificate, 60),
  });
  return `${said} ${assetText(asset, speech)}`;
}

const linesOf = ({ gaps, needs, decided }: Row['trait'], speech: Speech): string[] => [
  ...(gaps.length === 0 ? [say(speech, 'enable.noGap', { n: decided })] : []),
  ...gaps.map((gap) => gapLine(gap, speech)),
  ...needs.map((need) => needLine(need, speech)),
];

export const enablementText = (rows: Row[], total: number, speech: Speech): string =>
  heading(say(speech, 'enable.title')) +
  partnersText(rows, total, speech, ({ trait }) => linesOf(trait, speech));

function liftLine({ asset, n, others, usual, lift }: AssetLift, speech: Speech): string {
  const given = { asset: printable(asset, 60), n, all: others };
  return lift === null
    ? say(speech, 'enable.lift.few', given)
    : say(speech, 'enable.lift', {
        ...{ ...given, usual, points: 100 * lift.mean },
        ...{ fewest: 100 * lift.low, most: 100 * lift.high },
      });
}

/** What assets went with on deals of all partners. */
export const liftsText = (lifts: readonly AssetLift[], speech: Speech): string =>
  lifts.length === 0
    ? `  ${say(speech, 'enable.noLift')}\n`
    : lifts.map((lift) => `  ${liftLine(lift, speech)}\n`).join('');

/** How win rates changed with certificates. */
export function certificationText(found: CertificationEffect | null, speech: Speech): string {
  if (found === null) return '';
  const { partners: n, others: all, effect } = found;
  const said =
    effect === null
      ? say(speech, 'enable.certified.few', { n, all })
      : say(speech, 'enable.certified', {
          ...{ n, all, points: 100 * effect.mean },
          ...{ fewest: 100 * effect.low, most: 100 * effect.high },
        });
  return `  ${said}\n`;
}
