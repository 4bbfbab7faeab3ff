import type { targets as english } from '../en/targets.ts';
import type { Texts } from '../template.ts';

export const targets: Texts<typeof english> = {
  'review.won': 'Gewonnen vom {from:date} bis {to:date}',
  'review.basis.amount': `
    {open:money} aus offenen Deals erwartet, {fresh:money} aus neuen; Quote aus {n#früheren
    Deal|früheren Deals}`,
  'review.basis.pace': `
    bisher {actual:figure}, bei diesem Tempo {projected:figure}, Ziel {goal:figure}`,
  'review.why.pace': 'bei {p:percent} des Solls bis heute',
  'review.why.missing': '{n:figure} fehlen',
  'review.why.stalled': '{n#offener Deal stockt|offene Deals stocken} ({sum:money})',
};
