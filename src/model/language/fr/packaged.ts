import type { packaged as english } from '../en/packaged.ts';
import type { Texts } from '../template.ts';

export const packaged: Texts<typeof english> = {
  'package.reportStake': 'Argent en jeu par partenaire',
  'package.reportGap': 'Écart à l’objectif par partenaire',
  'package.reportHealth': 'Affaires en cours par état',
  'package.reportForecast': 'Prévision pour ce trimestre',
  'package.typePartners': 'Headwater : partenaires',
  'package.typeDeals': 'Headwater : affaires de partenaires',
  'package.typeAbout': 'Fiches {object} avec ce que Headwater écrit à leur sujet',
  'package.dashboard': 'Headwater : le réseau de partenaires',
  'package.cardAbout': `
    Score, intervalle, raisons et prochaine étape, d’après les champs que Headwater écrit`,
  'package.setReader': 'Lire les champs que Headwater écrit',
  'package.setIntegration': 'Lire et modifier les champs que Headwater écrit',
  'package.setManager': `
    Lire les champs que Headwater écrit, et exécuter ses rapports et son tableau de bord`,
  'package.viewLine': 'Vue « {view} » : {filter}. Colonnes : {columns}.',
  'package.filterKnown': '« {field} » est connu',
  'package.filterMore': '« {field} » est supérieur ou égal à {value}',
  'package.filterLess': '« {field} » est inférieur à {value}',
  'package.filterEquals': '« {field} » est égal à {value}',
  'package.filterSorted': 'trié par « {field} », le plus grand en premier',
  'package.filterLargest':
    '« {field} » est supérieur à {value}, trié par ce champ, le plus grand en premier',
  'package.settingsAbout': 'Ce que Headwater écrit, et comment l’afficher',
  'package.settingsMade': `
    Fait par headwater package, version {version}, à partir du mapping. Après un changement du
    mapping, le refaire et l’envoyer de nouveau.`,
  'package.settingsCard': `
    Placer la carte « Headwater » sur la fiche : Paramètres > Objets > {object} > Personnalisation
    des fiches.`,
  'package.settingsProperties': 'Propriétés du groupe Headwater, dans cet ordre : {columns}',
  'package.settingsViews': `
    HubSpot ne laisse aucune application créer des vues enregistrées. Pour chacune : ouvrir la
    liste des fiches, ajouter une vue de ce nom, partagée avec tous ; dans les filtres avancés,
    ajouter le filtre ; dans modifier les colonnes, choisir les colonnes ; enregistrer la vue.`,
  'view.attentionPartners': 'Partenaires à traiter aujourd’hui',
  'view.attentionDeals': 'Affaires à traiter aujourd’hui',
  'view.toClose': 'Affaires à clore en une fois',
  'view.moneyAtStake': 'Partenaires avec de l’argent en jeu',
  'view.planGap': 'Partenaires en retard sur leur plan',
  'view.stalled': 'Affaires de partenaires à l’arrêt',
};
