import type { OutputName } from '../../outputs.ts';

/** What the help beside a field says. */
export const descriptions: Readonly<Record<OutputName, string>> = {
  'partner.score':
    'Probabilité en pour cent que le partenaire atteigne l’objectif de résultat de son plan avant ' +
    'la fin de la période',
  'partner.scoreLow': 'Borne inférieure de l’intervalle à 80 % du score',
  'partner.scoreHigh': 'Borne supérieure de l’intervalle à 80 % du score',
  'partner.evidence': 'Nombre d’affaires closes sur lesquelles repose le score',
  'partner.evidenceWord':
    '« peu de données » quand le score repose sur moins de dix affaires ; vide sinon',
  'partner.difficulty':
    'Probabilité en pour cent qu’un partenaire de même taille et de même type atteigne le même ' +
    'objectif : élevée = facile',
  'partner.event': 'L’événement dont le score donne la probabilité',
  'partner.reasons':
    'Ce qui augmente et diminue le score ; les points s’additionnent pour le donner',
  'partner.nextAction': 'La prochaine étape la plus utile, avec sa raison',
  'partner.nextDeal': 'Identifiant de l’affaire en cours que nomme la prochaine action',
  'partner.planHealth': 'Avancement du plan commun, de 0 à 100',
  'partner.vendorHealth':
    'Dans quelle mesure notre côté a tenu ses engagements du plan commun, de 0 à 100',
  'partner.nextDue':
    'Le premier engagement du plan commun encore ouvert, de qui il vient et quand il est dû',
  'partner.winRate':
    'Part des affaires enregistrées gagnées dans l’horizon, rapprochée de la moyenne de tous les ' +
    'partenaires, en pour cent',
  'partner.winRateLow': 'Limite inférieure de la fourchette à 80 % du taux de gain',
  'partner.winRateHigh': 'Limite supérieure de la fourchette à 80 % du taux de gain',
  'partner.closeRates':
    'Taux de gain attendu par produit dans l’horizon, avec fourchette et nombre d’affaires',
  'partner.forecastLow': 'Ce trimestre, 10e centile, devise de référence',
  'partner.forecast': 'Ce trimestre, médiane, devise de référence',
  'partner.forecastHigh': 'Ce trimestre, 90e centile, devise de référence',
  'partner.sourced':
    'Gagné pendant cet exercice et apporté en premier par le partenaire, corrections comprises, ' +
    'devise de référence',
  'partner.influenced':
    'Gagné en direct pendant cet exercice, avec une part du partenaire ; jamais ajouté au chiffre ' +
    'd’affaires apporté',
  'partner.forecastMean':
    'Ce trimestre, moyenne, devise de référence ; les moyennes des partenaires s’additionnent ' +
    'pour donner le réseau',
  'partner.expectedAttainment':
    'Ce que le partenaire devrait gagner, en pour cent de l’objectif de son score',
  'partner.expectedAttainmentLow':
    '10e centile du taux d’atteinte prévu, ou sa moyenne si elle est plus basse',
  'partner.expectedAttainmentHigh':
    '90e centile du taux d’atteinte prévu, ou sa moyenne si elle est plus haute',
  'partner.gap': 'Ce qui manque au montant attendu pour atteindre l’objectif, devise de référence',
  'partner.moneyAtStake':
    'Écart multiplié par ce qu’une affaire gagnée typique de plus ajoute à la probabilité, selon ' +
    'le modèle lui-même',
  'partner.closing':
    'Le plus petit nombre d’affaires en cours qui combleraient l’écart si elles étaient ' +
    'gagnées ; quelques-unes au plus',
  'partner.scoreNext':
    'La même probabilité pour la période suivante, à partir du 60e jour du trimestre',
  'partner.trackRecord':
    'Ce que sont devenus les scores du même dixième, tels qu’ils étaient donnés à l’époque',
  'partner.asOf':
    'Le jour auquel le score se rapporte ; écrit avec lui et au moins une fois par semaine',
  'partner.value1y': 'Ce que l’on s’attend à gagner avec le partenaire en douze mois, actualisé',
  'partner.value1yLow': 'Borne basse de l’intervalle à 80 % de la valeur à un an',
  'partner.value1yHigh': 'Borne haute de l’intervalle à 80 % de la valeur à un an',
  'partner.value3y': 'Ce que l’on s’attend à gagner avec le partenaire en trois ans, actualisé',
  'partner.value3yLow': 'Borne basse de l’intervalle à 80 % de la valeur à trois ans',
  'partner.value3yHigh': 'Borne haute de l’intervalle à 80 % de la valeur à trois ans',
  'partner.active':
    'Probabilité en pour cent que le partenaire n’ait pas cessé de vendre sans le dire',
  'partner.capability':
    'Ce que le partenaire sait faire, de 0 à 100 dans son type : certificats, gains au-delà des attentes',
  'partner.capacity': 'Ce que le partenaire peut prendre en charge, de 0 à 100 dans son type',
  'partner.commitment':
    'Sa volonté, de 0 à 100 dans son type : plan, engagements, affaires attestées, signes prouvés',
  'partner.health':
    'Six piliers, de 0 à 100 ; seuls pèsent les résultats et ce qui les annonce, preuve à l’appui',
  'partner.class':
    'développer, intervenir ou examiner : que faire du partenaire ; jamais une rupture',
  'partner.tier':
    'Le dernier niveau approuvé par quelqu’un, ou celui du CRM ; jamais changé sans demande',
  'partner.tierNext':
    'Un niveau proposé, une expiration proche, ou ce qui manque pour le prochain niveau',
  'deal.winProbability':
    'Probabilité en pour cent que l’affaire soit gagnée avant la fin du trimestre',
  'deal.low': 'Borne inférieure de l’intervalle à 80 % de la probabilité de gain',
  'deal.high': 'Borne supérieure de l’intervalle à 80 % de la probabilité de gain',
  'deal.everProbability':
    'Probabilité en pour cent que l’affaire soit gagnée un jour, quel qu’il soit',
  'deal.moneyAtStake':
    'Montant multiplié par la probabilité que l’affaire soit gagnée un jour, devise de référence',
  'deal.evidence': 'Nombre d’affaires passées sur lesquelles repose la probabilité',
  'deal.evidenceWord':
    '« peu de données » quand la probabilité repose sur moins de dix affaires ; vide sinon',
  'deal.reasons':
    'Ce qui augmente et diminue la probabilité ; les points s’additionnent pour la donner',
  'deal.trackRecord':
    'Ce que sont devenues les affaires dont la probabilité était dans le même dixième',
  'deal.nextAction': 'La prochaine étape la plus utile, avec sa raison',
  'deal.health': 'en bonne voie, en retard, à l’arrêt',
  'deal.stallRisk':
    'Probabilité en pour cent que l’affaire s’arrête dans les 14 jours ; vide quand elle est ' +
    'déjà à l’arrêt',
  'deal.triage': 'protéger, sauver, ne pas intervenir : ce qu’une intervention peut encore changer',
  'deal.expectedClose':
    'Le jour où est atteinte la moitié de la probabilité de gain ; pas la date de clôture ' +
    'saisie',
  'deal.expectedCloseLow': 'Le jour où est atteint un dixième de la probabilité de gain',
  'deal.expectedCloseHigh': 'Le jour où sont atteints les neuf dixièmes de la probabilité de gain',
  'deal.agePercentile': 'Pourcentage des affaires de l’organisation déjà terminées à cet âge',
  'deal.duplicateOf': 'L’enregistrement antérieur que celui-ci répète, avec ce qui le montre',
  'deal.asOf':
    'Le jour auquel la probabilité se rapporte ; écrit avec elle et au moins une fois par semaine',
};
