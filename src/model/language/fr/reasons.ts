import type { Texts } from '../template.ts';
import type { reasons as english } from '../en/reasons.ts';

export const reasons: Texts<typeof english> = {
  'partner.won.up': `
    {won:money} gagnés à ce jour, plus qu’un partenaire de taille semblable à cette date ; il
    reste {left:span}.`,
  'partner.won.down': `
    Seulement {won:money} gagnés à ce jour, moins qu’un partenaire de taille semblable à cette
    date ; il reste {left:span}.`,
  'partner.won.none': 'Rien de gagné à ce jour ; il reste {left:span}.',
  'partner.pipeline.up': `
    {n#affaire en cours avérée|affaires en cours avérées}, {sum:money} attendus d’ici là : plus
    que n’en a d’habitude un partenaire de taille semblable.`,
  'partner.pipeline.down': `
    Seulement {n#affaire en cours avérée|affaires en cours avérées}, {sum:money} attendus d’ici là
    : moins que n’en a d’habitude un partenaire de taille semblable.`,
  'partner.pipeline.unknown':
    'Aucune affaire inscrite pour l’instant : seul compte ce qui peut encore venir.',
  'partner.pipeline.none.up': `
    Aucune affaire en cours avérée, mais ses succès passés valent à eux seuls plus que ceux d’un
    partenaire de taille semblable.`,
  'partner.pipeline.none.down':
    'Aucune affaire en cours avérée ; un partenaire de taille semblable en a d’habitude.',
  'partner.conversion.up': `
    Gagne ses affaires plus souvent que les autres partenaires : {own:percent} en {days:number}
    jours contre {pool:percent} ({n#affaire passée|affaires passées}).`,
  'partner.conversion.down': `
    Gagne ses affaires moins souvent que les autres partenaires : {own:percent} en {days:number}
    jours contre {pool:percent} ({n#affaire passée|affaires passées}).`,
  'partner.arrivals.up': `
    En affaires moyennes, il gagne {own:decimal} par an d’après son passé, un partenaire de taille
    semblable {peer:decimal}.`,
  'partner.arrivals.down': `
    En affaires moyennes, il ne gagne que {own:decimal} par an d’après son passé, un partenaire de
    taille semblable {peer:decimal}.`,
  'partner.arrivals.surer': `
    Ses gains passés, {own:decimal} par an en affaires moyennes ({peer:decimal} pour un partenaire
    de taille semblable), sont plus sûrs que ceux d’un inconnu.`,
  'partner.arrivals.narrower': `
    Ses gains passés, {own:decimal} par an en affaires moyennes ({peer:decimal} pour un partenaire
    de taille semblable), laissent moins de marge vers le haut que ceux d’un inconnu.`,
  'partner.half': `
    Affaires en cours que quelqu’un d’inconnu a fait avancer ou a traitées en réunion ;
    ensemble, elles ajoutent au plus {most#point|points}.`,
  'deal.stage.up': `
    En {stage} : {own:percent} des affaires à cette étape sont gagnées d’ici le {due:date},
    {all:percent} de toutes les affaires en cours.`,
  'deal.stage.down': `
    En {stage} : seulement {own:percent} des affaires à cette étape sont gagnées d’ici le
    {due:date}, {all:percent} de toutes les affaires en cours.`,
  'deal.age.up': `
    En {stage} depuis {days:lasting} : {own:percent} de ces affaires sont gagnées d’ici le
    {due:date}, {all:percent} de toutes celles à cette étape.`,
  'deal.age.down': `
    En {stage} depuis {days:lasting} : seulement {own:percent} de ces affaires sont gagnées d’ici
    le {due:date}, {all:percent} de toutes celles à cette étape.`,
  'deal.partner.up': `
    Les affaires de ce partenaire sont gagnées plus souvent que celles des autres
    ({n#affaire passée|affaires passées}).`,
  'deal.partner.down': `
    Les affaires de ce partenaire sont gagnées moins souvent que celles des autres
    ({n#affaire passée|affaires passées}).`,
  'deal.evidence.capped': `
    {stated:money} sont inscrits et comptent pour {counted:money} tant que l’affaire n’est pas
    gagnée.`,
  'deal.evidence.half': `
    On ne sait pas qui l’a fait avancer : ces affaires comptent ensemble au plus pour ce que
    rapportent les succès passés.`,
  'deal.evidence.young': `
    Les affaires récentes comptent ensemble au plus pour un petit multiple de ce que rapportent
    les succès passés.`,
  'deal.evidence.nothing': `
    Rien de notre part ni de l’acheteur ne montre qu’elle est réelle : ces affaires comptent
    ensemble pour la moitié de ce que rapportent les succès passés.`,
  'deal.evidence.counts': 'Toute sa probabilité compte.',
  'deal.level.up': `
    Les affaires en cours des trimestres passés ont rapporté plus que prévu.`,
  'deal.level.down': `
    Les affaires en cours des trimestres passés ont rapporté moins que prévu.`,
  'win.stage.up': 'En {stage}, et la façon d’y arriver : ces affaires sont gagnées plus souvent.',
  'win.stage.down':
    'En {stage}, et la façon d’y arriver : ces affaires sont gagnées moins souvent.',
  'win.age.up': `
    En {stage} depuis {days:lasting}, ouverte depuis {age:lasting} : ces affaires sont gagnées
    plus souvent.`,
  'win.age.down': `
    En {stage} depuis {days:lasting}, ouverte depuis {age:lasting} : ces affaires sont gagnées
    moins souvent.`,
  'win.activity.up': `
    Ce qui y a été fait ({n#activité|activités} la semaine dernière) ressemble à ce qui se fait
    pour les affaires gagnées.`,
  'win.activity.down': `
    Ce qui y a été fait ({n#activité|activités} la semaine dernière) est moins que pour les
    affaires gagnées.`,
  'win.activity.quiet.up':
    'Aucune activité depuis {days:lasting}, ce qui n’est pas rare pour les affaires gagnées.',
  'win.activity.quiet.down': 'Aucune activité depuis {days:lasting}.',
  'win.activity.none.up': `
    Rien encore qui compte comme progrès, ce qui n’est pas rare si tôt pour les affaires gagnées.`,
  'win.activity.none.down': 'Rien n’y a encore été fait qui compte comme progrès.',
  'win.quote.up': 'Ses devis et leur sort ressemblent à ceux des affaires gagnées.',
  'win.quote.down': 'Ses devis et leur sort ressemblent à ceux des affaires perdues.',
  'win.task.up': 'Ses tâches ouvertes ressemblent à celles des affaires gagnées.',
  'win.task.down': 'Ses tâches ouvertes ressemblent à celles des affaires perdues.',
  'win.amount.up': 'Les affaires de ce montant sont gagnées plus souvent.',
  'win.amount.down': 'Les affaires de ce montant sont gagnées moins souvent.',
  'win.product.up': 'Les affaires avec le produit « {word} » sont gagnées plus souvent.',
  'win.product.down': 'Les affaires avec le produit « {word} » sont gagnées moins souvent.',
  'win.origin.up': 'Les affaires d’origine « {word} » sont gagnées plus souvent.',
  'win.origin.down': 'Les affaires d’origine « {word} » sont gagnées moins souvent.',
  'win.industry.up':
    'Les affaires avec des clients du secteur « {word} » sont gagnées plus souvent.',
  'win.industry.down':
    'Les affaires avec des clients du secteur « {word} » sont gagnées moins souvent.',
  'win.competitor.up': 'Les affaires contre « {word} » sont gagnées plus souvent.',
  'win.competitor.down': 'Les affaires contre « {word} » sont gagnées moins souvent.',
  'win.about.up': `
    Les affaires sans produit, origine, secteur ou concurrent renseigné sont gagnées plus souvent.`,
  'win.about.down': `
    Les affaires sans produit, origine, secteur ou concurrent renseigné sont gagnées moins
    souvent.`,
  'win.push.up':
    'Date de clôture repoussée {n#fois|fois} : ces affaires sont gagnées plus souvent.',
  'win.push.down':
    'Date de clôture repoussée {n#fois|fois} : ces affaires sont gagnées moins souvent.',
  'win.push.none.up': 'Date de clôture jamais repoussée : ces affaires sont gagnées plus souvent.',
  'win.push.none.down':
    'Date de clôture jamais repoussée : ces affaires sont gagnées moins souvent.',
  'win.quarter.up':
    'Quand il reste {left:span} du trimestre, ces affaires sont gagnées plus souvent.',
  'win.quarter.down':
    'Quand il reste {left:span} du trimestre, ces affaires sont gagnées moins souvent.',
  'win.weekday.up': 'On décide davantage ces jours de la semaine.',
  'win.weekday.down': 'On décide moins ces jours de la semaine.',
  'win.owner.up':
    'Les affaires de ce responsable sont gagnées plus souvent que le reste ne l’explique.',
  'win.owner.down':
    'Les affaires de ce responsable sont gagnées moins souvent que le reste ne l’explique.',
  'win.partner.up':
    'Les affaires de ce partenaire sont gagnées plus souvent que le reste ne l’explique.',
  'win.partner.down':
    'Les affaires de ce partenaire sont gagnées moins souvent que le reste ne l’explique.',
};
