import type { funds as english } from '../en/funds.ts';
import type { Texts } from '../template.ts';

export const funds: Texts<typeof english> = {
  'fund.title': 'Campagnes avec des partenaires',
  'fund.one': `
    {name} ({state}) : coût {cost:money}, {leads:number} affaires, dont {wins:number} gagnées,
    {won:money}`,
  'fund.unknown': `
    {name} ({state}) : coût inconnu, {leads:number} affaires, dont {wins:number} gagnées,
    {won:money}`,
  'fund.planned': 'prévue',
  'fund.running': 'en cours',
  'fund.done': 'terminée',
  'fund.decided.approved': 'approuvée le {on:date} par {by} : {why}',
  'fund.decided.refused': 'refusée le {on:date} par {by} : {why}',
  'fund.decided.done': 'menée, comme noté le {on:date} par {by} : {why}',
  'fund.none': 'Aucune campagne de partenaire n’est enregistrée : il n’y a rien à compter.',
  'fund.unnamed': 'non précisé',
  'fund.group': `
    {group} : {times:decimal} fois son coût gagné ({low:decimal} à {high:decimal}),
    {n#campagne|campagnes}, {cost:money} par affaire`,
  'fund.groupNone': `
    {group} : {times:decimal} fois son coût gagné ({low:decimal} à {high:decimal}),
    {n#campagne|campagnes}, aucune affaire`,
  'fund.proposals': 'Où la prochaine campagne devrait rapporter le plus',
  'fund.proposal': `
    {partner} : {amount:money} devraient rapporter {times:decimal} fois leur coût ({low:decimal}
    à {high:decimal})`,
  'fund.past': '{n#campagne passée a|campagnes passées ont} rapporté {times:decimal} fois le coût',
  'fund.noPast': 'encore sans campagne : d’après d’autres de son territoire',
  'fund.noProposal': 'Aucune campagne au coût connu n’est terminée : rien ne peut être proposé.',
  'fund.about': 'Des propositions à discuter : rien n’est approuvé, payé ni écrit.',
  'fund.review': 'Campagnes à examiner',
  'fund.nothing': '{name} ({partner}) : {cost:money} dépensés, et aucune affaire n’en est venue',
  'fund.noCost': '{name} ({partner}) : personne ne dit ce qu’elle a coûté',
  'fund.noCampaign': '{partner} : {cost:money} de fonds dépensés sans campagne',
  'fund.nothingToReview': 'Rien à examiner.',
};
