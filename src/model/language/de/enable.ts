import type { enable as english } from '../en/enable.ts';
import type { Texts } from '../template.ts';

export const enable: Texts<typeof english> = {
  'enable.title': 'Lücken im Können, Zertifikate und Material',
  'enable.gap.stage': `
    Verliert {own:percent} ({low:least} bis {high:most}) seiner Deals in der Phase {stage}, andere
    {pool:percent}; {lost#verlorener Deal|verlorene Deals} von {n:number}.`,
  'enable.gap.product': `
    Verliert {own:percent} ({low:least} bis {high:most}) seiner Deals mit {product}, andere
    {pool:percent}; {lost#verlorener Deal|verlorene Deals} von {n:number}.`,
  'enable.noGap':
    'Keine Lücke, die sich aus {n#entschiedenem Deal|entschiedenen Deals} neben den anderen ergibt.',
  'enable.need': '„{deal}“ ist neu, und für {product} fehlt das Zertifikat ({certificate}).',
  'enable.asset': 'Was hilft: „{asset}“',
  'enable.noAsset': 'Das Playbook nennt dafür kein Material.',
  'enable.lift': `
    {asset}: von {n#entschiedenem Deal|entschiedenen Deals} damit wurden {points:points} Punkte mehr
    gewonnen ({fewest:points} bis {most:points}) als von {all:number} anderen, die gleich weit
    waren ({usual:percent}). Ein Zusammenhang: niemand bekam es durch das Los.`,
  'enable.lift.few': `
    {asset}: {n#entschiedener Deal|entschiedene Deals} damit neben {all:number} anderen, zu wenige
    für einen Vergleich.`,
  'enable.noLift': `
    Keine Aktivität sagt, bei welchem Deal Material benutzt wurde (activities eines Assets im
    Playbook); darum steht hier nicht, womit Material einhergeht.`,
};
