import type { Texts } from '../template.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Texts<typeof english> = {
  'action.close': `
    Clore comme perdue : moins d’une affaire semblable sur 100 est gagnée un jour, et plus rien
    ne plaide pour elle.`,
  'action.closeAll': `
    Clore {n#affaire|affaires} comme perdue{n?|s} d’un seul coup : chance inférieure à 1\u202f%
    pour chacune.`,
  'action.closeOrRevive': `
    Clore comme perdue ou relancer : ouverte depuis {age:lasting}, ni réunion, ni appel, ni
    avancée depuis {silent:lasting}.`,
  'action.contact': 'Contacter l’acheteur : rien n’a bougé depuis {silent:lasting}.',
  'action.meet': `
    Appeler ou rencontrer l’acheteur : ni réunion, ni appel, ni avancée depuis {silent:lasting},
    seulement un contact plus léger.`,
  'action.flash': `
    Proposer « {incentive} » ({cost:money}) pour une signature d’ici le {by:date} : étape tardive,
    ni réunion, ni appel, ni avancée depuis {silent:lasting}.`,
  'action.redate': 'Fixer une vraie date de clôture avec l’acheteur : le {day:date} est passé.',
  'action.unblock': `
    Demander ce qui bloque : en {stage} depuis {days:lasting}, quand quatre affaires sur cinq en
    sortent plus tôt.`,
  'action.requalify': `
    Confirmer le calendrier de l’acheteur : date de clôture repoussée {n#fois|fois} à cette étape.`,
  'action.verify': `
    Tenir une première réunion avec l’acheteur : rien de notre part ni de l’acheteur ne montre
    encore qu’elle est réelle.`,
  'action.reassign': 'Désigner un nouveau responsable : {owner} n’est plus en activité.',
  'action.outgrown': `
    Objectif dépassé : {won:money} gagnés sur {goal:money}, il reste {left:span}. Convenir du
    suivant.`,
  'action.reached': `
    Objectif atteint : {won:money} gagnés sur {goal:money}. Convenir du suivant au rythme actuel.`,
  'action.closeGap': `
    Il manque {gap:money} pour l’objectif : faire avancer « {deal} » ({amount:money}, {p:percent}
    d’ici le {due:date}).`,
  'action.closeGapMore': `
    Il manque {gap:money} pour l’objectif : faire avancer « {deal} » ({amount:money}, {p:percent}
    d’ici le {due:date}) et {n#autre affaire|autres affaires}.`,
  'action.revive': `
    Il manque {gap:money} pour l’objectif : relancer « {deal} » ({amount:money}), ni réunion, ni
    appel, ni avancée depuis {silent:lasting}.`,
  'action.coach': `
    Il manque {gap:money} pour l’objectif : former sur l’étape {stage}, où il perd {own:percent}
    de ses affaires, les autres partenaires {pool:percent}.`,
  'action.coachWith': `
    Il manque {gap:money} pour l’objectif : former sur l’étape {stage}, où il perd {own:percent}
    de ses affaires, les autres partenaires {pool:percent}. Support : « {asset} ».`,
  'action.incentive': `
    Il manque {gap:money} pour l’objectif : proposer « {incentive} » ({cost:money}) jusqu’au
    {by:date}.`,
  'action.pipeline': `
    Créer ensemble des affaires : il manque {gap:money} pour l’objectif, et celles en cours
    devraient rapporter {sum:money}.`,
  'action.firstDeal': 'Trouver ensemble la première affaire : aucune n’est encore inscrite.',
  'action.agreePlan':
    'Convenir d’un plan commun avec un objectif de ventes : aucun n’est en vigueur.',
  'action.vendorPromise':
    'Tenir notre propre promesse : « {promise} » était attendu le {due:date}.',
  'action.promise': 'Convenir d’une nouvelle date pour « {promise} », attendu le {due:date}.',
  'action.cleanUp': `
    Clore {n#affaire sans mouvement|affaires sans mouvement} qui {n?aurait|auraient} dû avancer
    depuis longtemps et ne {n?compte|comptent} plus.`,
  'evidence.deals': 'd’après {n#affaire passée|affaires passées}',
  'evidence.plan': 'd’après le plan commun « {plan} »',
  'evidence.record': 'd’après ce que le CRM contient',
  'effect.met': `
    Avec une réunion ou un appel de plus, la probabilité d’ici le {due:date} est de {to:percent}
    ({low:least} à {high:most}), contre {from:percent} aujourd’hui ; d’après
    {n#affaire passée|affaires passées} : une association, pas une promesse.`,
  'effect.met.same': `
    Avec une réunion ou un appel de plus, la probabilité d’ici le {due:date} n’est pas plus
    élevée : {to:percent} ({low:least} à {high:most}), contre {from:percent} aujourd’hui ; d’après
    {n#affaire passée|affaires passées}.`,
  'effect.moved': `
    Une fois à l’étape {stage}, une telle affaire a une probabilité de {to:percent} ({low:least} à
    {high:most}) d’ici le {due:date}, contre {from:percent} aujourd’hui ; d’après
    {n#affaire passée|affaires passées} : une association, pas une promesse.`,
  'effect.moved.same': `
    Une fois à l’étape {stage}, une telle affaire n’a pas une probabilité plus élevée d’ici le
    {due:date} : {to:percent} ({low:least} à {high:most}), contre {from:percent} aujourd’hui ;
    d’après {n#affaire passée|affaires passées}.`,
  'effect.partner': `
    Une affaire gagnée typique de plus va de pair avec {points:points} points de score (de
    {low:points} à {high:points} selon sa taille), d’après {n#affaire gagnée|affaires gagnées} :
    une association, pas une promesse.`,
  'effect.partner.same': `
    Une affaire gagnée typique de plus va de pair avec moins de {points:decimal} point de score.`,
  'effect.tidies':
    'Aucun n’est attendu : les données deviennent justes, rien ne devient plus probable.',
  'effect.unmeasured':
    'Aucun effet indiqué : aucune donnée ne distingue là où c’est fait de là où ce ne l’est pas.',
  'effect.unknown': 'Aucun effet indiqué : trop peu d’affaires passées montrent ce qui s’ensuit.',
  'effort.minutes': 'quelques minutes',
  'effort.hour': 'environ une heure',
  'effort.days': 'quelques jours',
};
