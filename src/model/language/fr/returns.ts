import type { returns as english } from '../en/returns.ts';
import type { Texts } from '../template.ts';

export const returns: Texts<typeof english> = {
  'return.title': 'Rendement des partenaires, douze derniers mois',
  'return.value': 'rendement {value:percent} : {margin:money} de marge pour {cost:money} de coûts',
  'return.noCost': 'pas de rendement : aucun coût enregistré (marges connues pour {p:percent})',
  'return.noMargin': `
    pas de rendement : les marges sont connues pour {p:percent} des ventes, trop peu`,
  'return.won': `
    {won:money} gagnés par des affaires qu’il a apportées ; marges connues pour {p:percent}`,
  'return.costs': 'coûts {cost:money} : {kinds}',
  'return.unknown': `
    {n#coût n’a|coûts n’ont} pas de montant connu et {n?compte|comptent} pour rien`,
  'return.coverage': `
    {n:number} types de coûts sur {all:number} sont enregistrés ; aucun de : {kinds}`,
  'customers.title': 'Clients des partenaires face aux clients directs des mêmes secteurs',
  'customers.year': `
    {firstYear:money} la première année d’un client, face à {directFirstYear:money} ({n:number}
    clients face à {direct:number} directs)`,
  'customers.again': 'a racheté en 18 mois : {p:percent} face à {pool:percent}',
  'customers.ratio': '{times:decimal} fois un client direct ({low:decimal} à {high:decimal}, 80 %)',
  'customers.few': 'trop peu de clients d’un côté ou de l’autre pour un rapport',
  'customers.alone': `
    {n#client d’un secteur|clients de secteurs} sans clients directs, sans point de comparaison`,
  'customers.nobody': 'aucun client dans un secteur qui a aussi des clients directs',
  'customers.all': 'Tous les partenaires ensemble :',
  'customers.none': 'Aucun client d’un partenaire n’a encore un an depuis son premier achat.',
  'customers.missing.accounts': 'Non enregistré : à quel client appartient une affaire.',
  'customers.missing.industries': `
    Non enregistré : les secteurs, donc tous les clients n’en forment qu’un.`,
  'customers.missing.renewals': `
    Non enregistré : les renouvellements ; les rachats en tiennent lieu.`,
  'customers.missing.churn': `
    Non enregistré : les départs ; rien n’est déduit pour les clients perdus.`,
};
