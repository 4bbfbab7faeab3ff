import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { HealthPillar, PartnerHealth } from '../model/partner-health.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading } from './format.ts';
import { partnersText } from './partners-text.ts';

function pillarLine({ pillar: which, value, weight }: HealthPillar, speech: Speech): string {
  const pillar = say(speech, `health.pillar.${which}`);
  if (value === null) return say(speech, 'health.none', { pillar });
  return weight > 0
    ? say(speech, 'health.weighed', { pillar, value, weight })
    : say(speech, 'health.unproven', { pillar, value });
}

export const healthText = (
  rows: TraitRow<PartnerHealth>[],
  total: number,
  speech: Speech,
): string =>
  heading(say(speech, 'health.title')) +
  partnersText(rows, total, speech, ({ trait: { value, most, pillars } }) => [
    say(speech, 'health.score', { value, most }),
    ...pillars.map((one) => pillarLine(one, speech)),
  ]) +
  `  ${say(speech, 'health.about')}\n`;
