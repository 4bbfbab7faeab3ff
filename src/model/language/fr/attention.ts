import type { attention as english } from '../en/attention.ts';
import type { Texts } from '../template.ts';

export const attention: Texts<typeof english> = {
  'attention.stake': '{stake:money} en jeu',
  'attention.gap': 'il manque {gap:money} pour l’objectif',
  'attention.noGap': 'rien ne manque pour l’objectif',
  'attention.closing': 'de quoi combler l’écart : {deals}',
  'attention.closer': '« {name} » ({amount:money}, {p:percent})',
  'attention.until': '{effort}, jusqu’au {day:date}',
  'attention.owner': 'responsable : {owner}',
  'attention.left': '{owner} (plus en activité)',
  'attention.nobody': 'personne',
  'attention.none': `
    Rien ne demande d’attention aujourd’hui : aucun partenaire ni aucune affaire n’a d’argent en
    jeu et quelque chose à faire.`,
  'attention.noMatch': 'Rien de ce qui demande de l’attention ne correspond au filtre.',
  'attention.more': '{n#autre élément n’est pas affiché|autres éléments ne sont pas affichés}.',
};
