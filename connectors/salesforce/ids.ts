import { bareText } from '../../src/model/fold.ts';

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const ID_PATTERN = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

/** A 15- or 18-character Salesforce id by its shape. */
export const isId = (text: string): boolean => ID_PATTERN.test(text);

/**
 * The 18-character form of an id. Reports and URLs give 15 characters, where letter case alone
 * tells records apart; the API gives 18,
 * whose last three characters encode the case. The suffix is computed anew, so an id whose suffix
 * lost its case comes out right too.
 */
export function to18(id: string): string {
  const base = id.slice(0, 15);
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const letter = base[block * 5 + i] ?? '';
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << i;
    }
    suffix += SUFFIX_ALPHABET[bits];
  }
  return base + suffix;
}

/** An id as rows carry it, whatever white space or form it was written in; else the text itself. */
export function spellId(text: string): string {
  const bare = bareText(text);
  return isId(bare) ? to18(bare) : bare;
}

/**
 * Org and user id from an identity URL (`https://login.salesforce.com/id/00D…/005…`); null when it
 * is none.
 */
export function parseIdentityUrl(url: string): { orgId: string; userId: string } | null {
  const match = /\/id\/(\w{15,18})\/(\w{15,18})(?:[?#].*)?$/.exec(url);
  return match?.[1] && match[2] ? { orgId: to18(match[1]), userId: to18(match[2]) } : null;
}
