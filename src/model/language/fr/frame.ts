import type { Texts } from '../template.ts';
import type { frame as english } from '../en/frame.ts';

export const frame: Texts<typeof english> = {
  'event.plan': 'Gagne {goal:money} d’ici le {due:date} ({plan})',
  'event.repeat': `
    Gagne environ {goal:money} ou plus, son montant habituel, dans les 13 prochaines semaines (aucun
    objectif au plan)`,
  'event.deal': 'Gagnée d’ici le {due:date}',
  'headline.deal': `
    Probabilité de gagner {amount:money} d’ici le {due:date} : {p:percent} ({low:least} à
    {high:most}), d’après {n#affaire passée|affaires passées}`,
  'headline.plan': `
    Probabilité de gagner {goal:money} d’ici le {due:date} ({plan}) : {p:percent} ({low:least} à
    {high:most}), d’après {n#affaire passée|affaires passées}`,
  'headline.repeat': `
    Probabilité de gagner environ {goal:money} ou plus, son montant habituel, dans les 13 prochaines
    semaines : {p:percent} ({low:least} à {high:most}), d’après
    {n#affaire passée|affaires passées}`,
  'headline.reached':
    '{won:money} gagnés : l’objectif de {goal:money} d’ici le {due:date} ({plan}) est atteint',
  'evidence.little': 'peu de données',
  'evidence.said': '{said} ; peu de données',
  'closeRate.one': `
    {product} : {p:percent} ({low:least} à {high:most}), d’après {n#affaire passée|affaires
    passées}`,
  'base.partner': '{p:exact} pour un partenaire de taille semblable, quel que soit son type',
  'base.partnerOfType':
    '{p:exact} pour un partenaire de taille semblable, d’après {n#partenaire|partenaires} de type {type}',
  'base.deal': '{p:exact} pour une affaire en cours quelconque',
  'group.up': 'En faveur :',
  'group.down': 'En défaveur :',
  'group.rest': '{n#raison mineure|raisons mineures} en tout',
  total: '= {p:exact}, au {day:date}',
  'due.vendor': 'Nous devons « {what} », échéance le {on:date}.',
  'due.partner': 'Le partenaire doit « {what} », échéance le {on:date}.',
  'record.deal': `
    Sur {n#affaire|affaires} {n?estimée|estimées} à {from:least}–{to:most}, {happened:percent}
    {n?a été gagnée|ont été gagnées}.`,
  'record.partner': `
    Sur {n#score de partenaire|scores de partenaires} {n?donné|donnés} à {from:least}–{to:most},
    {happened:percent} {n?s’est réalisé|se sont réalisés}.`,
  'record.replayed': 'Rejoué sur le passé. {text}',
  'health.on track': 'en bonne voie',
  'health.slipping': 'en retard',
  'health.stalled': 'à l’arrêt',
  'triage.protect': 'protéger',
  'triage.rescue': 'sauver',
  'triage.leave': 'ne pas intervenir',
  'duplicate.of': '{id} : {evidence}',
  'duplicate.earlier': '{evidence}, {n#jour|jours} plus tôt',
  'duplicate.deal': 'la même affaire',
  'duplicate.account': 'le même compte',
  'duplicate.domain': 'le même domaine {domain}',
  'duplicate.names': 'les noms « {one} » et « {other} »',
  'word.under': 'moins de {p}',
  'word.over': 'plus de {p}',
  'word.days': '{n#jour|jours}',
  'word.weeks': '{n#semaine|semaines}',
  'word.lasting': 'plus de {n#jour|jours}',
  'word.brief': 'moins d’un jour',
  'word.stage': 'son étape',
};
