import type { allocation as english } from '../en/allocation.ts';
import type { Texts } from '../template.ts';

export const allocation: Texts<typeof english> = {
  'allocation.hours.title': 'Stunden unserer eigenen Leute, letztes Quartal',
  'allocation.hours.none': `
    Im letzten Quartal ist keine Aktivität unserer Leute bei Deals von Partnern verzeichnet, es
    gibt also nichts zu verteilen.`,
  'allocation.hours.share': 'heute {now:decimal} Stunden, nach dem Wert {suggested:decimal}',
  'allocation.hours.total': `
    Insgesamt in beiden Fällen {total:decimal} Stunden; davon {guessed:decimal} nach üblicher
    Dauer.`,
  'allocation.funds.title': 'Mittel, letzte zwölf Monate',
  'allocation.funds.none': `
    In den letzten zwölf Monaten sind keine Kosten mit bekanntem Betrag verzeichnet, es gibt also
    nichts zu verteilen.`,
  'allocation.funds.share': 'heute {now:money}, nach dem Wert {suggested:money}',
  'allocation.funds.total': `
    Insgesamt in beiden Fällen {total:money}; {guessed#Kostenzeile hat|Kostenzeilen haben} keinen
    bekannten Betrag.`,
  'allocation.worth': `
    in einem Jahr {value:money} wert; etwas mehr ist hier {marginal:decimal}-mal so viel wert wie
    im Mittel`,
  'allocation.assumed': `
    Für alle Partner ist dieselbe Form abnehmenden Ertrags angenommen: eine Liste zum Besprechen,
    kein Befund.`,
};
