import type { card as english } from '../en/card.ts';
import type { Texts } from '../template.ts';

export const card: Texts<typeof english> = {
  'card.loading': 'Score wird geladen',
  'card.noAccess': `
    Sie sehen die Felder nicht, in die Headwater schreibt. Bitten Sie Ihren Admin um Zugriff:
    {access}.`,
  'card.accessSalesforce': 'Berechtigungssatz „{name}“',
  'card.accessHubspot': 'Leserecht für die Eigenschaften der Gruppe „{name}“',
  'card.noScorePartner': `
    Noch kein Score. Headwater bewertet Partner und schreibt den Score nach dem nächsten Lauf.`,
  'card.noScoreDeal': `
    Noch keine Wahrscheinlichkeit. Headwater schreibt sie für offene Deals von Partnern, nach dem
    nächsten Lauf.`,
  'card.closed-won': `
    Dieser Deal ist gewonnen. Die Zahlen darunter stammen aus der Zeit, als er offen war.`,
  'card.closed-lost': `
    Dieser Deal ist verloren. Die Zahlen darunter stammen aus der Zeit, als er offen war.`,
  'card.closed-closed': `
    Dieser Deal ist abgeschlossen. Die Zahlen darunter stammen aus der Zeit, als er offen war.`,
  'card.unknownObject': `
    Diese Karte wurde nicht für {object} erstellt. Bitten Sie Ihren Admin, das Paket aus der
    Zuordnung neu zu erstellen.`,
  'card.failed': 'Der Datensatz kann nicht gelesen werden: {message}',
  'card.missing': `
    Nicht angezeigt, weil das Feld für Sie verborgen ist oder inzwischen anders heißt: {fields}.`,
  'card.veryLikely': 'Sehr wahrscheinlich',
  'card.likely': 'Wahrscheinlich',
  'card.even': 'Etwa 50:50',
  'card.unlikely': 'Unwahrscheinlich',
  'card.veryUnlikely': 'Sehr unwahrscheinlich',
  'card.band': 'In 8 von 10 Fällen liegt es zwischen {low} und {high}.',
  'card.between': 'In 8 von 10 Fällen zwischen {low} und {high}',
  'card.unknown': 'unbekannt',
  'card.evidenceNone': 'Noch keine früheren Deals, daher gelten übliche Werte',
  'card.evidenceOne': 'Aus 1 früheren Deal',
  'card.evidenceMany': 'Aus {count} früheren Deals',
  'card.asOf': 'Stand {day}',
  'card.old': `
    Diese Zahlen sind {days} Tage alt. Fragen Sie Ihren Admin, ob Headwater noch läuft.`,
  'card.nextStep': 'Nächster Schritt',
  'card.openDeal': 'Deal öffnen',
  'card.noDealAccess': 'Sie haben keinen Zugriff auf den Deal, um den es hier geht.',
  'card.why': 'Warum',
  'card.moreReasons': '{count} weitere Gründe zeigen',
  'card.fewerReasons': 'Weniger Gründe zeigen',
  'card.good': 'wirkt positiv',
  'card.middle': 'ohne Einfluss',
  'card.poor': 'wirkt negativ',
  'card.plan': 'Gemeinsamer Plan',
  'card.planHealth': 'Fortschritt des Plans',
  'card.vendorHealth': 'Unsere Seite',
  'card.nextDue': 'Nächste fällige Zusage',
  'card.forecast': 'Prognose für dieses Quartal',
  'card.credit': 'Anrechnung in diesem Geschäftsjahr',
  'card.sourced': 'Vom Partner gebracht',
  'card.influenced': 'Mit Hilfe des Partners',
  'card.more': 'Weitere Zahlen',
};
