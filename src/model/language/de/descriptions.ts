import type { OutputName } from '../../outputs.ts';

/** What the help beside a field says. */
export const descriptions: Readonly<Record<OutputName, string>> = {
  'partner.score':
    'Wahrscheinlichkeit in Prozent, dass der Partner das Ergebnisziel seines Plans bis zum Ende ' +
    'der Periode erreicht',
  'partner.scoreLow': 'Unteres Ende des 80-%-Bandes des Scores',
  'partner.scoreHigh': 'Oberes Ende des 80-%-Bandes des Scores',
  'partner.evidence': 'Zahl der abgeschlossenen Deals, auf denen der Score beruht',
  'partner.evidenceWord':
    '„wenig Belege“, wo weniger als zehn Deals hinter dem Score stehen; sonst leer',
  'partner.difficulty':
    'Wahrscheinlichkeit in Prozent, dass ein Partner gleicher Größe und Art dasselbe Ziel ' +
    'erreichen würde: hoch = leicht',
  'partner.event': 'Das Ereignis, dessen Wahrscheinlichkeit der Score angibt',
  'partner.reasons': 'Was den Score hebt und senkt; die Punkte summieren sich zu ihm',
  'partner.nextAction': 'Der nützlichste nächste Schritt, mit seinem Grund',
  'partner.nextDeal': 'ID des offenen Deals, den der nächste beste Schritt nennt',
  'partner.planHealth': 'Fortschritt im gemeinsamen Plan, 0 bis 100',
  'partner.vendorHealth':
    'Wie weit unsere eigene Seite gehalten hat, was sie im gemeinsamen Plan zugesagt hat, 0 bis ' +
    '100',
  'partner.nextDue':
    'Die früheste noch offene Zusage des gemeinsamen Plans, von wem sie ist und wann sie fällig ' +
    'ist',
  'partner.winRate':
    'Anteil der registrierten Deals, die innerhalb des Zeithorizonts gewonnen wurden, zum ' +
    'Durchschnitt aller Partner hin korrigiert, in Prozent',
  'partner.winRateLow': 'Unteres Ende des 80-%-Bandes der Gewinnrate',
  'partner.winRateHigh': 'Oberes Ende des 80-%-Bandes der Gewinnrate',
  'partner.closeRates':
    'Erwartete Gewinnrate je Produkt innerhalb des Zeithorizonts, mit Band und Zahl der Deals',
  'partner.forecastLow': 'Dieses Quartal, 10. Perzentil, Berichtswährung',
  'partner.forecast': 'Dieses Quartal, Median, Berichtswährung',
  'partner.forecastHigh': 'Dieses Quartal, 90. Perzentil, Berichtswährung',
  'partner.sourced':
    'In diesem Geschäftsjahr gewonnen und zuerst vom Partner gebracht, mit Korrekturen, ' +
    'Berichtswährung',
  'partner.influenced':
    'In diesem Geschäftsjahr direkt gewonnen, mit einem Anteil des Partners; wird nie zum ' +
    'gebrachten Umsatz addiert',
  'partner.forecastMean':
    'Dieses Quartal, Mittelwert, Berichtswährung; die Mittelwerte der Partner summieren sich zum ' +
    'Vertriebskanal',
  'partner.expectedAttainment':
    'Was der Partner voraussichtlich gewinnt, in Prozent des Ziels seines Scores',
  'partner.expectedAttainmentLow':
    '10. Perzentil der erwarteten Zielerreichung, oder ihr Mittelwert, wo er niedriger ist',
  'partner.expectedAttainmentHigh':
    '90. Perzentil der erwarteten Zielerreichung, oder ihr Mittelwert, wo er höher ist',
  'partner.gap': 'Was dem erwarteten Betrag bis zum Ziel fehlt, Berichtswährung',
  'partner.moneyAtStake':
    'Lücke mal das, was ein weiterer typischer Abschluss zur Wahrscheinlichkeit beiträgt, ' +
    'nach dem Modell selbst',
  'partner.closing':
    'Die kleinste Zahl offener Deals, die die Lücke schließen würden, wenn sie gewonnen ' +
    'werden; höchstens einige',
  'partner.scoreNext':
    'Dieselbe Wahrscheinlichkeit für die kommende Periode, ab Tag 60 des Quartals',
  'partner.trackRecord':
    'Wie Scores im selben Zehntel ausgegangen sind, so wie sie damals angegeben wurden',
  'partner.asOf':
    'Der Tag, für den der Score gilt; wird mit ihm und mindestens einmal pro Woche geschrieben',
  'partner.value1y':
    'Was mit dem Partner in den nächsten zwölf Monaten zu gewinnen erwartet wird, abgezinst',
  'partner.value1yLow': 'Unteres Ende des 80-%-Intervalls des Wertes für ein Jahr',
  'partner.value1yHigh': 'Oberes Ende des 80-%-Intervalls des Wertes für ein Jahr',
  'partner.value3y':
    'Was mit dem Partner in den nächsten drei Jahren zu gewinnen erwartet wird, abgezinst',
  'partner.value3yLow': 'Unteres Ende des 80-%-Intervalls des Wertes für drei Jahre',
  'partner.value3yHigh': 'Oberes Ende des 80-%-Intervalls des Wertes für drei Jahre',
  'partner.active':
    'Wahrscheinlichkeit in Prozent, dass der Partner nicht stillschweigend aufgehört hat zu verkaufen',
  'partner.capability':
    'Was der Partner kann, 0 bis 100 in seinem Typ: Zertifikate, Abschlüsse über Erwartung',
  'partner.capacity':
    'Wie viel der Partner übernehmen kann, 0 bis 100 in seinem Typ: Personen, Last, Abschlüsse',
  'partner.commitment':
    'Wie ernst es ihm ist, 0 bis 100 in seinem Typ: Plan, Zusagen, echte Deals, erwiesene Zeichen',
  'partner.health':
    'Sechs Säulen, 0 bis 100; nur Ergebnisse und was sie erwiesenermaßen ankündigt, zählen',
  'partner.class':
    'ausbauen, eingreifen oder überprüfen: was mit dem Partner zu tun ist; nie eine Trennung',
  'partner.tier':
    'Die Stufe, die zuletzt jemand bestätigt hat oder die das CRM nennt; nie ungefragt geändert',
  'partner.tierNext':
    'Eine vorgeschlagene Stufe, ein naher Verfall oder was zur nächsten Stufe fehlt',
  'deal.winProbability':
    'Wahrscheinlichkeit in Prozent, dass der Deal bis zum Ende des Quartals gewonnen wird',
  'deal.low': 'Unteres Ende des 80-%-Bandes der Gewinnwahrscheinlichkeit',
  'deal.high': 'Oberes Ende des 80-%-Bandes der Gewinnwahrscheinlichkeit',
  'deal.everProbability':
    'Wahrscheinlichkeit in Prozent, dass der Deal überhaupt gewonnen wird, gleich wann',
  'deal.moneyAtStake':
    'Betrag mal die Wahrscheinlichkeit, dass der Deal überhaupt gewonnen wird, Berichtswährung',
  'deal.evidence': 'Zahl der früheren Deals, auf denen die Wahrscheinlichkeit beruht',
  'deal.evidenceWord':
    '„wenig Belege“, wo weniger als zehn Deals hinter der Wahrscheinlichkeit stehen; sonst leer',
  'deal.reasons': 'Was die Wahrscheinlichkeit hebt und senkt; die Punkte summieren sich zu ihr',
  'deal.trackRecord': 'Wie Deals ausgegangen sind, deren Wahrscheinlichkeit im selben Zehntel lag',
  'deal.nextAction': 'Der nützlichste nächste Schritt, mit seinem Grund',
  'deal.health': 'auf Kurs, verzögert, festgefahren',
  'deal.stallRisk':
    'Wahrscheinlichkeit in Prozent, dass der Deal innerhalb von 14 Tagen festfährt; leer, ' +
    'wenn er bereits festgefahren ist',
  'deal.triage': 'schützen, retten, nicht eingreifen: was ein Eingriff noch ändern kann',
  'deal.expectedClose':
    'Der Tag, an dem die Hälfte der Gewinnwahrscheinlichkeit erreicht ist; nicht das ' +
    'eingetragene Abschlussdatum',
  'deal.expectedCloseLow': 'Der Tag, an dem ein Zehntel der Gewinnwahrscheinlichkeit erreicht ist',
  'deal.expectedCloseHigh':
    'Der Tag, an dem neun Zehntel der Gewinnwahrscheinlichkeit erreicht sind',
  'deal.agePercentile':
    'Anteil in Prozent der eigenen Deals, die bis zu diesem Alter beendet waren',
  'deal.duplicateOf': 'Die frühere Registrierung, die diese wiederholt, mit dem, was es zeigt',
  'deal.asOf':
    'Der Tag, für den die Wahrscheinlichkeit gilt; wird mit ihr und mindestens einmal pro Woche ' +
    'geschrieben',
};
