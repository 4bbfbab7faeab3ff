import type { classes as english } from '../en/classes.ts';
import type { Texts } from '../template.ts';

export const classes: Texts<typeof english> = {
  'class.title': 'Partnerklassen',
  'class.name.grow': 'ausbauen',
  'class.name.intervene': 'eingreifen',
  'class.name.review': 'überprüfen',
  'class.name.none': 'noch keine',
  'class.evidence': `
    erreicht voraussichtlich {attainment:percent} des Ziels, verkauft mit einer
    Wahrscheinlichkeit von {p:percent} noch`,
  'class.silent': 'letzter Abschluss oder neuer Deal vor {n#Monat|Monaten}',
  'class.neverSold': 'kein Abschluss und kein neuer Deal verzeichnet',
  'class.triedOn': 'versucht am {day:date} von {by}: {what} ({why})',
  'class.reviewOn': 'Überprüfung fällig am {day:date}',
  'class.noMatch': 'Kein Partner ist in dieser Klasse.',
  'class.above': 'auf dem Weg zum Ziel: investieren',
  'class.behind': 'hinter dem Ziel, verkauft aber noch: helfen',
  'class.untried': 'verkauft wohl nicht mehr, und seither wurde nichts versucht: zuerst helfen',
  'class.waiting': 'verkauft wohl nicht mehr; was versucht wurde, hat noch Zeit',
  'class.tried': `
    verkauft wohl nicht mehr, und was versucht wurde, hat nicht geholfen: gemeinsam überprüfen`,
  'class.new': 'noch zu wenig von ihm bekannt',
};
