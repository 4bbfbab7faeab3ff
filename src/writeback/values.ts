import { cleanText } from '../model/clean-text.ts';
import type { CrmValue } from '../model/connector.ts';
import { DEAL_OUTPUTS } from '../model/deal-outputs.ts';
import type { Speech } from '../model/language/languages.ts';
import type { Output } from '../model/output-shape.ts';
import { PARTNER_OUTPUTS } from '../model/partner-outputs.ts';
import type { DealScore, PartnerScore } from '../model/score.ts';
import { WORTH_OUTPUTS } from '../model/worth-outputs.ts';

/** Of a text whose output states no length. */
const USUAL_ROOM = 255;

/** Output name -> value, as it stands before rounding to the CRM field. */
export type OutputValues = Record<string, CrmValue>;

/**
 * What each output says of a score. `lengths`: room in the CRM's own field, per output, where it is
 * known.
 */
const valuesOf =
  <Score>(outputs: Record<string, Output<Score>>) =>
  (score: Score, speech: Speech, lengths: Record<string, number> = {}): OutputValues =>
    Object.fromEntries(
      Object.entries(outputs).map(([name, { value, length = USUAL_ROOM }]) => {
        const said = value(score, { speech, room: lengths[name] ?? length });
        // Names of partners and deals stand in the texts: nothing odd in them goes into the CRM.
        return [name, typeof said === 'string' ? cleanText(said) : said];
      }),
    );

export const partnerValues = valuesOf<PartnerScore>({ ...PARTNER_OUTPUTS, ...WORTH_OUTPUTS });
export const dealValues = valuesOf<DealScore>(DEAL_OUTPUTS);
