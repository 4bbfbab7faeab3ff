import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { AttentionItem } from '../sync/measure/attention.ts';
import { printable } from './format.ts';

/** Room for a line of a terminal that is wide. */
const LINE = 240;

function ownerText({ owner }: AttentionItem, speech: Speech): string {
  if (owner === null) return say(speech, 'attention.nobody');
  const name = printable(owner.name, 40);
  return owner.active ? name : say(speech, 'attention.left', { owner: name });
}

function moneyText({ kind, moneyAtStake, gap }: AttentionItem, speech: Speech): string[] {
  if (kind === 'bulk') return [];
  const short = gap !== null && gap > 0 ? say(speech, 'attention.gap', { gap }) : null;
  const none = gap !== null && gap <= 0 ? say(speech, 'attention.noGap') : null;
  return [say(speech, 'attention.stake', { stake: moneyAtStake }), ...[short ?? none ?? []].flat()];
}

function closingText({ closing, kind }: AttentionItem, speech: Speech): string[] {
  if (closing.length === 0 || kind === 'deal') return [];
  const deals = closing.map(({ name, amount, probability }) =>
    say(speech, 'attention.closer', { name: printable(name, 40), amount, p: probability }),
  );
  return [say(speech, 'attention.closing', { deals: deals.join(', ') }, LINE)];
}

function untilText({ action }: AttentionItem, speech: Speech): string {
  const effort = action.effort === undefined ? null : say(speech, `effort.${action.effort}`);
  if (effort === null) return '';
  return action.expiresOn === undefined
    ? ` (${effort})`
    : ` (${say(speech, 'attention.until', { effort, day: action.expiresOn })})`;
}

/** One item: what it is, the money, the one action, and the deals that would close the gap. */
export function attentionText(item: AttentionItem, at: number, speech: Speech): string {
  const about = [item.kind === 'deal' ? item.partner : null, item.type, item.region]
    .filter((one) => one !== null)
    .map((one) => printable(one, 40));
  const name = `${printable(item.name, 70)}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
  const owner = say(speech, 'attention.owner', { owner: ownerText(item, speech) });
  const lines =
    item.kind === 'bulk'
      ? [`${item.action.text}${untilText(item, speech)}`, owner]
      : [
          name,
          [...moneyText(item, speech), owner].join('; '),
          `→ ${printable(item.action.text, 255)}${untilText(item, speech)}`,
          ...closingText(item, speech),
        ];
  return lines.map((line, i) => `${i === 0 ? `${at}.`.padStart(4) : '    '} ${line}\n`).join('');
}
