import type { tier as english } from '../en/tier.ts';
import type { Texts } from '../template.ts';

export const tier: Texts<typeof english> = {
  'tier.title': 'Niveaux',
  'tier.up': `
    {tier} est proposé : tout ce que ce niveau demande est atteint depuis assez longtemps`,
  'tier.down': `
    {tier} est proposé : ce que demande {now} n’est plus atteint, au-delà du délai de grâce`,
  'tier.grace': 'sous ce que demande {tier}, encore dans le délai de grâce',
  'tier.lapses': '{tier} expire le {day:date} si rien d’autre n’est gagné',
  'tier.next': 'ensuite {tier} ; il manque : {items}',
  'tier.nextMet': `
    ensuite {tier} : tout ce que ce niveau demande est atteint, mais pas encore depuis assez
    longtemps`,
  'tier.top': 'le niveau le plus haut de l’échelle',
  'tier.unknown': `
    le CRM indique « {tier} », qui n’est pas un niveau de l’échelle « {ladder} » : rien n’est
    proposé tant que personne n’en approuve un`,
  'tier.noLadder': 'aucune échelle n’est prévue pour les partenaires sans type',
  'tier.noType': 'aucune échelle n’est prévue pour le type « {type} »',
  'tier.noLadders': `
    Le mapping n’a pas d’échelles : settings.tiers dit ce que chaque niveau demande.`,
  'tier.noProposal': 'Aucun autre niveau n’est proposé, et aucun n’est près d’expirer.',
  'tier.wonYear': '{now:money} sur {need:money} gagnés en douze mois',
  'tier.dealsYear': '{now:number} affaires gagnées sur {need:number} en douze mois',
  'tier.certified': '{now:number} certificats valides sur {need:number}',
  'tier.vendorHealth': 'notre côté du plan à {now:number} sur {need:number}',
  'tier.vendorNothing': 'notre côté du plan n’a rien promis qui soit échu',
  'tier.met': 'atteint : {item}',
  'tier.missed': 'non atteint : {item}',
  'tier.ahead': 'atteint à la fin du trimestre au rythme actuel',
  'tier.notAhead': 'non atteint à la fin du trimestre au rythme actuel',
  'tier.inForce': 'en vigueur : {tier}',
  'tier.none': 'aucun niveau en vigueur',
  'tier.benefits': 'apporte : {benefits}',
  'tier.approved': '{tier} approuvé par {by} le {day:date} : {why}',
};
