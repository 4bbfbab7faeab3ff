import type { profile as english } from '../en/profile.ts';
import type { Texts } from '../template.ts';

export const profile: Texts<typeof english> = {
  'profile.title': 'Was erfolgreiche Partner gemeinsam haben',
  'profile.trait': `
    {trait}: {points:points} von 100 Plätzen nach dem Umsatz eines Jahres ({low:points} bis
    {high:points}), {n#Partner|Partner}`,
  'profile.nothing': `
    nichts, was sich vom Zufall unterscheiden ließe, unter {partners:number} Partnern`,
  'profile.compared': `
    verglichen: {n#Partner|Partner} mit einem ganzen Jahr; ein Zusammenhang ist noch keine
    Ursache`,
  'profile.places': 'Partnermanager haben Zeit für {n#Partner|Partner}',
  'profile.fit': 'passt zu {fit:decimal} von 100: {parts}',
  'profile.unknown': 'passt zu {fit:decimal} von 100: nichts bekannt, was zählt',
  'profile.vertical': `
    {industry}: gewinnt voraussichtlich {rate:percent} ({low:percent} bis {high:percent}),
    {n#entschiedener Deal|entschiedene Deals}`,
  'profile.recruits': 'Wie gut neue Firmen passen',
  'profile.noFit': `
    nichts bekannt, was erfolgreiche Partner gemeinsam haben, also passt niemand besser als
    andere`,
  'profile.ignored': 'nicht verwendete Spalten: {columns}',
  'segment.invest': 'investieren',
  'segment.develop': 'entwickeln',
  'segment.maintain': 'halten',
  'segment.self-service': 'Selbstbedienung',
  'segment.beyond': 'Selbstbedienung: die Partnermanager haben keine Zeit mehr; sonst {segment}',
};
