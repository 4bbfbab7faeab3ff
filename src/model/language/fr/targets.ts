import type { targets as english } from '../en/targets.ts';
import type { Texts } from '../template.ts';

export const targets: Texts<typeof english> = {
  'review.won': 'Gagné du {from:date} au {to:date}',
  'review.basis.amount': `
    {open:money} attendus des affaires ouvertes, {fresh:money} des nouvelles ; taux tiré de
    {n#affaire passée|affaires passées}`,
  'review.basis.pace': `
    {actual:figure} à ce jour, {projected:figure} à ce rythme, objectif {goal:figure}`,
  'review.why.pace': 'à {p:percent} de son rythme',
  'review.why.missing': 'il manque {n:figure}',
  'review.why.stalled': '{n#affaire ouverte cale|affaires ouvertes calent} ({sum:money})',
};
