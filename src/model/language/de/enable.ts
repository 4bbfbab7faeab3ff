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
    'Keine Lücke gegenüber den anderen Partnern bei {n#entschiedenem Deal|entschiedenen Deals}.',
  'enable.need': '„{deal}“ ist neu, und für {product} fehlt das Zertifikat ({certificate}).',
  'enable.asset': 'Was hilft: „{asset}“',
  'enable.noAsset': 'Das Playbook nennt dafür kein Material.',
  'enable.lift': `
    {asset}: bei {n#entschiedenem Deal|entschiedenen Deals} eingesetzt, deren Gewinnquote um
    {points:points} Punkte ({fewest:points} bis {most:points}) von den {usual:percent} bei
    {all:number} anderen abweicht, die gleich weit waren. Ein Zusammenhang, keine Wirkung: Material
    wird nicht zufällig verteilt.`,
  'enable.lift.few': `
    {asset}: {n#entschiedener Deal|entschiedene Deals} damit, {all:number} andere gleich weit: zu wenige
    für einen Vergleich.`,
  'enable.certified': `
    Zertifikate, nach Differenz von Differenzen: bei {n#Partner|Partnern} änderte sich die
    Gewinnquote um {points:points} Punkte ({fewest:points} bis {most:points}) über die Änderung bei
    {all:number} anderen hinaus.`,
  'enable.certified.few': `
    Zertifikate: {n#Partner wurde|Partner wurden} zwischen Quartalen mit Deals zertifiziert, neben
    {all:number} anderen; zu wenige für einen Vergleich.`,
  'enable.noLift': `
    Keine Aktivität zeigt, bei welchem Deal Material eingesetzt wurde, darum ist kein Vergleich
    möglich: die Arten von Aktivitäten gehören unter „activities“ eines Assets im Playbook.`,
};
