import type { classes as english } from '../en/classes.ts';
import type { Texts } from '../template.ts';

export const classes: Texts<typeof english> = {
  'class.title': 'Classes de partenaires',
  'class.name.grow': 'développer',
  'class.name.intervene': 'intervenir',
  'class.name.review': 'examiner',
  'class.name.none': 'pas encore',
  'class.evidence': `
    devrait atteindre {attainment:percent} de son objectif, vend encore avec une probabilité de
    {p:percent}`,
  'class.silent': 'dernière vente ou nouvelle affaire il y a {n#mois|mois}',
  'class.neverSold': 'aucune vente ni nouvelle affaire enregistrée',
  'class.triedOn': 'essayé le {day:date} par {by} : {what} ({why})',
  'class.reviewOn': 'examen prévu le {day:date}',
  'class.noMatch': 'Aucun partenaire n’est dans cette classe.',
  'class.above': 'en route vers son objectif : investir',
  'class.behind': 'en retard sur son objectif, mais vend encore : l’aider',
  'class.untried': 'ne vend sans doute plus, et rien n’a été essayé depuis : l’aider d’abord',
  'class.waiting': 'ne vend sans doute plus ; ce qui a été essayé doit encore faire effet',
  'class.tried': 'ne vend sans doute plus, et ce qui a été essayé n’a pas aidé : examiner ensemble',
  'class.new': 'trop peu connu pour le moment',
};
