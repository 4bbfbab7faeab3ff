import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { PartnerClass } from '../model/partner-class.ts';
import type { ClassedPartner } from '../sync/measure/class-list.ts';
import { heading, printable } from './format.ts';

function evidenceLines({ evidence, tried, reviewOn }: PartnerClass, speech: Speech): string[] {
  const { attainment, active, silentMonths } = evidence;
  return [
    say(speech, 'class.evidence', { attainment, p: active }),
    silentMonths === null
      ? say(speech, 'class.neverSold')
      : say(speech, 'class.silent', { n: silentMonths }),
    ...tried.map(({ atMs, by, what, why }) =>
      say(speech, 'class.triedOn', {
        day: new Date(atMs).toISOString().slice(0, 10),
        ...{ by: printable(by, 60), what: printable(what, 120), why: printable(why, 200) },
      }),
    ),
    ...(reviewOn === null ? [] : [say(speech, 'class.reviewOn', { day: reviewOn })]),
  ];
}

/** Partners by what is to be done about them, each with its evidence and what was tried. */
export function classesText(shown: ClassedPartner[], total: number, speech: Speech): string {
  const rest = total - shown.length;
  return [
    heading(say(speech, 'class.title')),
    ...shown.flatMap(({ name, type, classed }, i) => {
      const about = type === null ? '' : ` (${printable(type, 40)})`;
      const word = say(speech, `class.name.${classed.name ?? 'none'}`);
      return [
        `${`${i + 1}.`.padStart(4)} ${printable(name, 70)}${about}: ${word}\n`,
        ...[say(speech, `class.${classed.why}`), ...evidenceLines(classed, speech)].map(
          (line) => `     ${line}\n`,
        ),
      ];
    }),
    rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
  ].join('');
}
