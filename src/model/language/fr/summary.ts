import type { summary as english } from '../en/summary.ts';
import type { Texts } from '../template.ts';

export const summary: Texts<typeof english> = {
  'summary.plan.none': '{partner} n’a pas de plan commun pour {period}.',
  'summary.plan.early': `
    Pour {period}, {partner} a {n#objectif|objectifs}, dont rien ne peut encore être mesuré.`,
  'summary.plan.kept': `
    Pour {period}, {partner} a {n#objectif mesurable|objectifs mesurables}, et aucun n’est en
    retard.`,
  'summary.plan.behind': `
    Pour {period}, {partner} a {n#objectif mesurable|objectifs mesurables} ; {k#est|sont} en retard,
    et surtout « {target} », à {pace:percent} de son rythme.`,
  'summary.forecast': `
    {sum:money} sont attendus sur toute la période, avec une probabilité de 80 % entre {floor:money}
    et {ceiling:money} ; {n#affaire est ouverte|affaires sont ouvertes}, pour {open:money} en tout.`,
  'summary.forecast.stalled': `
    {sum:money} sont attendus sur toute la période, avec une probabilité de 80 % entre {floor:money}
    et {ceiling:money} ; {n#affaire est ouverte|affaires sont ouvertes}, pour {open:money} en tout,
    dont {k#est bloquée|sont bloquées}.`,
  'summary.forecast.none': `
    {sum:money} sont attendus sur toute la période, avec une probabilité de 80 % entre {floor:money}
    et {ceiling:money} ; aucune affaire n’est ouverte.`,
  'summary.score':
    'Le score est de {score:number} ({lower:number} à {upper:number}) ; il n’y a rien à faire.',
  'summary.driver': `
    Le score est de {score:number} ({lower:number} à {upper:number}) ; ce qui pèse le plus :
    « {reason} ».`,
  'summary.next': `
    Le score est de {score:number} ({lower:number} à {upper:number}) ; ce qui pèse le plus :
    « {reason} », et à faire en premier : « {action} ».`,
  'summary.deals': '{n#affaire est ouverte|affaires sont ouvertes}, pour {open:money} en tout.',
  'summary.deals.none': 'Aucune affaire n’est ouverte.',
  'summary.promises': `
    {n#engagement est ouvert|engagements sont ouverts}, dont {k#est en retard|sont en retard}.`,
  'summary.promises.none': 'Aucun engagement daté n’est ouvert.',
};
