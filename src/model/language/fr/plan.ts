import type { plan as english } from '../en/plan.ts';
import type { Texts } from '../template.ts';

export const plan: Texts<typeof english> = {
  'plan.endsBefore':
    'finit le {end:date}, avant de commencer le {start:date} : il n’est pas évalué',
  'plan.endsBefore.cure': 'Corrigez les deux jours.',
  'plan.tooLarge':
    'a {n#objectif ou engagement|objectifs et engagements}, plus qu’un plan évalué n’en admet',
  'plan.tooLarge.cure': 'Gardez-en au plus {most:number} de chaque, ou faites-en plusieurs plans.',
  'plan.status': 'a le statut « {status} » et n’est pas évalué',
  'plan.draft.cure': 'Convenez-en avec le partenaire, puis mettez son statut à jour.',
  'plan.overlaps':
    'chevauche « {plan} », qui était là avant : en attendant, celui-ci n’est pas évalué',
  'plan.overlaps.cure': 'Terminez l’un des deux avant que l’autre ne commence.',
  'plan.noTarget': 'n’a pas d’objectif : rien ne peut y être mesuré',
  'plan.noTarget.cure': 'Ajoutez un objectif.',
  'plan.metric':
    '« {target} » nomme « {metric} », qui n’est pas un indicateur que l’on puisse compter',
  'plan.metric.cure': 'Connus : {known}. Dans le mapping : {example}.',
  'plan.metric.near': 'Vouliez-vous dire {near} ?',
  'plan.zeroGoal': '« {target} » a l’objectif {goal:figure}, que n’importe quoi atteint',
  'plan.zeroGoal.cure': 'Fixez un objectif supérieur à zéro, ou supprimez-le.',
  'plan.noOutcome':
    'ne promet aucun montant gagné : le score est alors la probabilité de la période habituelle',
  'plan.noOutcome.cure': 'Ajoutez un objectif pour {metric} du côté du partenaire.',
  'plan.weights.partner': `
    les poids du côté du partenaire font {sum:figure}, ni 1 ni 100 : ils sont pris comme parts de
    leur somme`,
  'plan.weights.vendor': `
    les poids de notre côté font {sum:figure}, ni 1 ni 100 : ils sont pris comme parts de leur
    somme`,
  'plan.weights.cure': 'Faites en sorte que leur somme soit 1.',
  'plan.review': 'devait être revu avant le {day:date}',
  'plan.proposed': `
    a été modifié après le début de sa période (révision {proposed}), ce que personne n’a approuvé
    : la révision {revision} est évaluée`,
  'plan.nobody': 'est de {partner}, qui n’est pas (ou plus) un partenaire : il n’est pas évalué',
  'plan.nobody.cure':
    'Attribuez-le à un partenaire, ou laissez ce compte parmi les partenaires du mapping.',
  'plan.unmeasured': '{target} : {why}',
};
