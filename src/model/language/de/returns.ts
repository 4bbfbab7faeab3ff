import type { returns as english } from '../en/returns.ts';
import type { Texts } from '../template.ts';

export const returns: Texts<typeof english> = {
  'return.title': 'Rendite der Partner, letzte zwölf Monate',
  'return.value': 'Rendite {value:percent}: {margin:money} Marge auf {cost:money} Kosten',
  'return.noCost': 'keine Rendite: keine Kosten verzeichnet (Margen für {p:percent} bekannt)',
  'return.noMargin': 'keine Rendite: Margen sind für {p:percent} des Gewonnenen bekannt, zu wenig',
  'return.won': '{won:money} gewonnen mit Deals, die er brachte; Margen für {p:percent} bekannt',
  'return.costs': 'Kosten {cost:money}: {kinds}',
  'return.unknown': `
    {n#Kostenzeile hat|Kostenzeilen haben} keinen bekannten Betrag und {n?zählt|zählen} als
    nichts`,
  'return.coverage': '{n:number} von {all:number} Kostenarten sind verzeichnet; keine von: {kinds}',
  'customers.title': 'Kunden der Partner neben direkten Kunden derselben Branchen',
  'customers.year': `
    {firstYear:money} im ersten Jahr eines Kunden neben {directFirstYear:money} ({n:number}
    Kunden neben {direct:number} direkten)`,
  'customers.again': 'kaufte binnen 18 Monaten wieder: {p:percent} neben {pool:percent}',
  'customers.ratio': `
    {times:decimal}-mal ein direkter Kunde ({low:decimal} bis {high:decimal}, 80 %)`,
  'customers.few': 'zu wenige Kunden auf einer der beiden Seiten für ein Verhältnis',
  'customers.alone': `
    {n#Kunde einer Branche|Kunden von Branchen} ohne direkte, ohne Vergleich`,
  'customers.nobody': 'kein Kunde in einer Branche, die auch direkte hat',
  'customers.all': 'Alle Partner zusammen:',
  'customers.none': 'Kein Kunde eines Partners hatte seit seinem ersten Kauf schon ein Jahr.',
  'customers.missing.accounts': 'Nicht verzeichnet: zu welchem Kunden ein Deal gehört.',
  'customers.missing.industries': 'Nicht verzeichnet: Branchen, also gelten alle Kunden als eine.',
  'customers.missing.renewals': 'Nicht verzeichnet: Verlängerungen; Wiederkäufe stehen dafür.',
  'customers.missing.churn': `
    Nicht verzeichnet: Abwanderung; für verlorene Kunden wird nichts abgezogen.`,
};
