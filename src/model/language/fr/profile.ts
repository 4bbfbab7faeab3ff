import type { profile as english } from '../en/profile.ts';
import type { Texts } from '../template.ts';

export const profile: Texts<typeof english> = {
  'profile.title': 'Ce que les partenaires qui réussissent ont en commun',
  'profile.trait': `
    {trait} : {points:points} places sur 100 d’après les ventes d’un an ({low:points} à
    {high:points}), {n#partenaire|partenaires}`,
  'profile.nothing': 'rien qui se distingue du hasard, parmi {partners:number} partenaires',
  'profile.compared': `
    comparés : {n#partenaire|partenaires} ayant eu un an pour gagner ; association n’est
    pas causalité`,
  'profile.places': 'les responsables ont le temps de suivre {n#partenaire|partenaires}',
  'profile.fit': 'adéquation {fit:decimal} sur 100 : {parts}',
  'profile.unknown': 'adéquation {fit:decimal} sur 100 : rien de connu qui compte',
  'profile.vertical': `
    {industry} : devrait gagner {rate:percent} ({low:percent} à {high:percent}), {n#affaire
    conclue|affaires conclues}`,
  'profile.recruits': 'Adéquation des candidats',
  'profile.noFit': `
    on ne sait rien que les partenaires qui réussissent aient en commun : personne ne correspond
    mieux`,
  'profile.ignored': 'colonnes non utilisées : {columns}',
  'segment.invest': 'investir',
  'segment.develop': 'développer',
  'segment.maintain': 'maintenir',
  'segment.self-service': 'libre-service',
  'segment.beyond': 'libre-service : les responsables n’ont plus le temps ; sinon {segment}',
};
