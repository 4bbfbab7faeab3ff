import type { card as english } from '../en/card.ts';
import type { Texts } from '../template.ts';

export const card: Texts<typeof english> = {
  'card.loading': 'Chargement du score',
  'card.noAccess': `
    Vous ne voyez pas les champs dans lesquels Headwater écrit. Demandez l’accès à votre
    administrateur : {access}.`,
  'card.accessSalesforce': 'ensemble d’autorisations « {name} »',
  'card.accessHubspot': 'droit de voir les propriétés du groupe « {name} »',
  'card.noScorePartner': `
    Pas encore de score. Headwater évalue les partenaires et écrit le score après sa prochaine
    exécution.`,
  'card.noScoreDeal': `
    Pas encore de probabilité. Headwater l’écrit pour les affaires en cours des partenaires, après
    sa prochaine exécution.`,
  'card.closed-won': `
    Cette affaire est gagnée. Les chiffres ci-dessous datent du temps où elle était en cours.`,
  'card.closed-lost': `
    Cette affaire est perdue. Les chiffres ci-dessous datent du temps où elle était en cours.`,
  'card.closed-closed': `
    Cette affaire est close. Les chiffres ci-dessous datent du temps où elle était en cours.`,
  'card.unknownObject': `
    Cette carte n’a pas été faite pour {object}. Demandez à votre administrateur de refaire le
    paquet à partir du mapping.`,
  'card.failed': 'La fiche ne peut pas être lue : {message}',
  'card.missing': `
    Non affiché, car le champ vous est masqué ou porte désormais un autre nom : {fields}.`,
  'card.veryLikely': 'Très probable',
  'card.likely': 'Probable',
  'card.even': 'Environ une chance sur deux',
  'card.unlikely': 'Peu probable',
  'card.veryUnlikely': 'Très peu probable',
  'card.band': '8 fois sur 10, la valeur est entre {low} et {high}.',
  'card.between': '8 fois sur 10 entre {low} et {high}',
  'card.unknown': 'inconnu',
  'card.evidenceNone': 'Aucune affaire passée pour l’instant : valeurs habituelles',
  'card.evidenceOne': 'D’après 1 affaire passée',
  'card.evidenceMany': 'D’après {count} affaires passées',
  'card.asOf': 'Au {day}',
  'card.old': `
    Ces chiffres ont {days} jours. Demandez à votre administrateur si Headwater tourne encore.`,
  'card.nextStep': 'Prochaine étape',
  'card.openDeal': 'Ouvrir l’affaire',
  'card.noDealAccess': 'Vous n’avez pas accès à l’affaire dont il s’agit.',
  'card.why': 'Pourquoi',
  'card.moreReasons': 'Afficher {count} autres raisons',
  'card.fewerReasons': 'Afficher moins de raisons',
  'card.good': 'effet positif',
  'card.middle': 'sans effet',
  'card.poor': 'effet négatif',
  'card.plan': 'Plan commun',
  'card.planHealth': 'Avancement du plan',
  'card.vendorHealth': 'Notre côté',
  'card.nextDue': 'Prochain engagement dû',
  'card.forecast': 'Prévision pour ce trimestre',
  'card.credit': 'Crédit de cet exercice',
  'card.sourced': 'Apporté par le partenaire',
  'card.influenced': 'Avec l’aide du partenaire',
  'card.more': 'Autres chiffres',
};
