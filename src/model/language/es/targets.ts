import type { targets as english } from '../en/targets.ts';
import type { Texts } from '../template.ts';

export const targets: Texts<typeof english> = {
  'review.won': 'Ganado del {from:date} al {to:date}',
  'review.basis.amount': `
    {open:money} esperados de oportunidades abiertas, {fresh:money} de nuevas; tasa de
    {n#oportunidad pasada|oportunidades pasadas}`,
  'review.basis.pace': `
    {actual:figure} hasta ahora, {projected:figure} a su ritmo, objetivo {goal:figure}`,
  'review.why.pace': 'al {p:percent} de su ritmo',
  'review.why.missing': 'faltan {n:figure}',
  'review.why.stalled':
    '{n#oportunidad abierta estancada|oportunidades abiertas estancadas} ({sum:money})',
};
