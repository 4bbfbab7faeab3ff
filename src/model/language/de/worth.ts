import type { worth as english } from '../en/worth.ts';
import type { Texts } from '../template.ts';

export const worth: Texts<typeof english> = {
  'value.title': 'Was Partner wert sind',
  'value.year': '{mean:money} in einem Jahr (80 %: {low:money} bis {high:money})',
  'value.threeYears': '{mean:money} in drei Jahren (80 %: {low:money} bis {high:money})',
  'value.active': `
    verkauft mit einer Wahrscheinlichkeit von {p:percent} noch; die letzten zwölf Monate
    brachten {lastYear:money}`,
  'value.history': `
    in {wins:number} von {months:number} Monaten gewonnen, zuletzt vor {ago#Monat|Monaten}`,
  'value.topFifth': `
    Das umsatzstärkste Fünftel der Partner brachte {p:percent} dessen, was in zwölf Monaten
    gewonnen wurde (80 %: {low:percent} bis {high:percent}).`,
  'value.effective': `
    Das ist so konzentriert wie {n:decimal} gleich große Partner (80 %: {low:decimal} bis
    {high:decimal}), von {partners:number}.`,
  'value.nothingWon': `
    In den letzten zwölf Monaten hat niemand etwas gewonnen; es gibt keine Konzentration zu
    messen.`,
};
