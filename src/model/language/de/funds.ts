import type { funds as english } from '../en/funds.ts';
import type { Texts } from '../template.ts';

export const funds: Texts<typeof english> = {
  'fund.title': 'Kampagnen mit Partnern',
  'fund.one': `
    {name} ({state}): Kosten {cost:money}, {leads:number} Deals, {wins:number} davon gewonnen,
    {won:money}`,
  'fund.unknown': `
    {name} ({state}): Kosten unbekannt, {leads:number} Deals, {wins:number} davon gewonnen,
    {won:money}`,
  'fund.planned': 'geplant',
  'fund.running': 'läuft',
  'fund.done': 'abgeschlossen',
  'fund.decided.approved': 'am {on:date} von {by} genehmigt: {why}',
  'fund.decided.refused': 'am {on:date} von {by} abgelehnt: {why}',
  'fund.decided.done': 'durchgeführt, am {on:date} von {by} vermerkt: {why}',
  'fund.none': 'Keine Kampagne eines Partners ist verzeichnet, also gibt es nichts zu zählen.',
  'fund.unnamed': 'ohne Angabe',
  'fund.group': `
    {group}: das {times:decimal}-fache der Kosten gewonnen ({low:decimal} bis {high:decimal}),
    {n#Kampagne|Kampagnen}, {cost:money} je Deal`,
  'fund.groupNone': `
    {group}: das {times:decimal}-fache der Kosten gewonnen ({low:decimal} bis {high:decimal}),
    {n#Kampagne|Kampagnen}, kein Deal`,
  'fund.proposals': 'Wo die nächste Kampagne voraussichtlich am meisten bringt',
  'fund.proposal': `
    {partner}: {amount:money} bringen voraussichtlich das {times:decimal}-fache ({low:decimal}
    bis {high:decimal})`,
  'fund.past': '{n#eigene Kampagne|eigene Kampagnen} brachten das {times:decimal}-fache der Kosten',
  'fund.noPast': 'noch ohne Kampagne: nach anderen seines Gebiets',
  'fund.noProposal': `
    Keine Kampagne mit bekannten Kosten ist abgeschlossen, also lässt sich nichts vorschlagen.`,
  'fund.about': 'Vorschläge zum Besprechen: nichts ist genehmigt, bezahlt oder geschrieben.',
  'fund.review': 'Kampagnen zum Ansehen',
  'fund.nothing': '{name} ({partner}): {cost:money} ausgegeben, und kein Deal kam dabei heraus',
  'fund.noCost': '{name} ({partner}): niemand sagt, was sie gekostet hat',
  'fund.noCampaign': '{partner}: {cost:money} Fördermittel ohne Kampagne ausgegeben',
  'fund.nothingToReview': 'Nichts anzusehen.',
};
