import { say } from '../model/language/printed.ts';
import type { Speech } from '../model/language/languages.ts';
import type { PartnerFit, PartnerProfile, ProfileFit, Trait } from '../model/profile.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading, printable } from './format.ts';
import { partnersText } from './partners-text.ts';

/** Industries that are shown of each partner. */
const VERTICALS = 3;
const LINE = 2000;

const traitName = ({ trait, of }: Trait): string =>
  of === null ? trait : `${trait} ${printable(of, 40)}`;

/** What was found, and nothing of what was not. */
export function profileText(profile: PartnerProfile & { places: number }, speech: Speech): string {
  const { partners, places } = profile;
  const found = profile.traits.filter((one) => one.found);
  return [
    heading(say(speech, 'profile.title')),
    ...(found.length === 0 ? [`  ${say(speech, 'profile.nothing', { partners })}\n`] : []),
    ...found.map((one) => {
      const { mean, low, high } = one.effect;
      const said = { trait: traitName(one), points: mean, low, high, n: one.n };
      return `  ${say(speech, 'profile.trait', said)}\n`;
    }),
    `  ${say(speech, 'profile.compared', { n: partners })}\n`,
    `  ${say(speech, 'profile.places', { n: places })}\n`,
  ].join('');
}

function fitLines({ fit, reasons }: ProfileFit, speech: Speech): string[] {
  if (fit === null) return [];
  const parts = reasons
    .map((one) => say(speech, 'c3.part', { part: traitName(one), points: one.points }))
    .join(', ');
  return [
    parts === ''
      ? say(speech, 'profile.unknown', { fit })
      : say(speech, 'profile.fit', { fit, parts }, LINE),
  ];
}

export const fitsText = (rows: TraitRow<PartnerFit>[], total: number, speech: Speech): string =>
  partnersText(rows, total, speech, ({ trait }) => [
    trait.beyond === null
      ? say(speech, `segment.${trait.segment}`)
      : say(speech, 'segment.beyond', { segment: say(speech, `segment.${trait.beyond}`) }),
    ...fitLines(trait, speech),
    ...trait.verticals.slice(0, VERTICALS).map(({ industry, rate, low, high, n }) =>
      say(speech, 'profile.vertical', {
        ...{ industry: printable(industry, 60), rate, low, high, n },
      }),
    ),
  ]);

export const recruitsText = (
  rows: (ProfileFit & { name: string })[],
  total: number,
  speech: Speech,
): string =>
  heading(say(speech, 'profile.recruits')) +
  partnersText(
    rows.map((row) => ({ ...row, type: null })),
    total,
    speech,
    (row) => (row.fit === null ? [say(speech, 'profile.noFit')] : fitLines(row, speech)),
  );
