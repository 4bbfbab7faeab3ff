import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { LITTLE_EVIDENCE } from '../tuning.ts';

export const isLittle = (deals: number): boolean => deals < LITTLE_EVIDENCE;

/** Room for a whole headline and the word behind it: nothing of what it says is shortened. */
const HEADLINE_ROOM = 1000;

/** A number's sentence with the word, where few deals stand behind it. */
export const withEvidence = (said: string, deals: number, speech: Speech): string =>
  isLittle(deals) ? say(speech, 'evidence.said', { said }, HEADLINE_ROOM) : said;
