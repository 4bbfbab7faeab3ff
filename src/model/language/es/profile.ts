import type { profile as english } from '../en/profile.ts';
import type { Texts } from '../template.ts';

export const profile: Texts<typeof english> = {
  'profile.title': 'Qué tienen en común los socios que triunfan',
  'profile.trait': `
    {trait}: {points:points} puestos de 100 por lo ganado en un año ({low:points} a
    {high:points}), {n#socio|socios}`,
  'profile.nothing': 'nada que se distinga del azar, entre {partners:number} socios',
  'profile.compared': `
    comparados: {n#socio|socios} con un año para ganar algo; asociación no es causalidad`,
  'profile.places': 'los gestores tienen tiempo para {n#socio|socios}',
  'profile.fit': 'encaja {fit:decimal} de 100: {parts}',
  'profile.unknown': 'encaja {fit:decimal} de 100: no se sabe nada que cuente',
  'profile.vertical': `
    {industry}: se espera que gane {rate:percent} ({low:percent} a {high:percent}), {n#oportunidad
    decidida|oportunidades decididas}`,
  'profile.recruits': 'Cómo encajan los candidatos',
  'profile.noFit': `
    no se sabe nada que los socios que triunfan tengan en común, así que nadie encaja mejor`,
  'profile.ignored': 'columnas sin usar: {columns}',
  'segment.invest': 'invertir',
  'segment.develop': 'desarrollar',
  'segment.maintain': 'mantener',
  'segment.self-service': 'autoservicio',
  'segment.beyond': 'autoservicio: los gestores no tienen más tiempo; si no, {segment}',
};
