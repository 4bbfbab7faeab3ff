import type { allocation as english } from '../en/allocation.ts';
import type { Texts } from '../template.ts';

export const allocation: Texts<typeof english> = {
  'allocation.hours.title': 'Heures de nos équipes, dernier trimestre',
  'allocation.hours.none': `
    Aucune activité de nos équipes sur les affaires des partenaires n’est enregistrée au dernier
    trimestre : il n’y a rien à répartir.`,
  'allocation.hours.share': '{now:decimal} h aujourd’hui, {suggested:decimal} h selon sa valeur',
  'allocation.hours.total': `
    {total:decimal} h au total dans les deux cas, dont {guessed:decimal} h de durée usuelle.`,
  'allocation.funds.title': 'Fonds, douze derniers mois',
  'allocation.funds.none': `
    Aucun coût de montant connu n’est enregistré sur les douze derniers mois : il n’y a rien à
    répartir.`,
  'allocation.funds.share': '{now:money} aujourd’hui, {suggested:money} selon sa valeur',
  'allocation.funds.total': `
    {total:money} au total dans les deux cas ; {guessed#coût est|coûts sont} de montant inconnu.`,
  'allocation.worth': `
    vaut {value:money} en un an ; un peu plus vaut ici {marginal:decimal} fois la moyenne`,
  'allocation.assumed': `
    La même forme de rendement décroissant est supposée pour tous : une liste pour discuter, pas
    un constat.`,
};
