import type { tier as english } from '../en/tier.ts';
import type { Texts } from '../template.ts';

export const tier: Texts<typeof english> = {
  'tier.title': 'Stufen',
  'tier.up': '{tier} wird vorgeschlagen: Alles, was die Stufe verlangt, ist lange genug erreicht',
  'tier.down': `
    {tier} wird vorgeschlagen: Was {now} verlangt, wurde über die Schonfrist hinaus verfehlt`,
  'tier.grace': 'unter dem, was {tier} verlangt, noch innerhalb der Schonfrist',
  'tier.lapses': '{tier} verfällt am {day:date}, wenn sonst nichts gewonnen wird',
  'tier.next': 'als Nächstes {tier}; es fehlt: {items}',
  'tier.nextMet': `
    als Nächstes {tier}: Alles, was die Stufe verlangt, ist erreicht, aber noch nicht lange genug`,
  'tier.top': 'die höchste Stufe des Stufenmodells',
  'tier.unknown': `
    das CRM nennt „{tier}“, das ist keine Stufe des Stufenmodells „{ladder}“: Vorgeschlagen wird nichts,
    bis jemand eine bestätigt`,
  'tier.noLadder': 'für Partner ohne Typ gibt es kein Stufenmodell',
  'tier.noType': 'für den Typ „{type}“ gibt es kein Stufenmodell',
  'tier.noLadders': `
    Die Zuordnung hat kein Stufenmodell: settings.tiers sagt, was jede Stufe verlangt.`,
  'tier.noProposal': `
    Für niemanden wird eine andere Stufe vorgeschlagen, und keine verfällt demnächst.`,
  'tier.wonYear': '{now:money} von {need:money} in zwölf Monaten gewonnen',
  'tier.dealsYear': '{now:number} von {need:number} Deals in zwölf Monaten gewonnen',
  'tier.certified': '{now:number} von {need:number} gültigen Zertifikaten',
  'tier.vendorHealth': 'unsere Seite des Plans bei {now:number} von {need:number}',
  'tier.vendorNothing': 'unsere Seite des Plans hat nichts zugesagt, was fällig ist',
  'tier.met': 'erfüllt: {item}',
  'tier.missed': 'nicht erfüllt: {item}',
  'tier.ahead': 'am Ende des Quartals voraussichtlich erfüllt',
  'tier.notAhead': 'am Ende des Quartals voraussichtlich nicht erfüllt',
  'tier.inForce': 'in Kraft: {tier}',
  'tier.none': 'keine Stufe in Kraft',
  'tier.benefits': 'bringt: {benefits}',
  'tier.approved': '{tier} bestätigt von {by} am {day:date}: {why}',
};
