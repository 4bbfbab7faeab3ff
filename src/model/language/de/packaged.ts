import type { packaged as english } from '../en/packaged.ts';
import type { Texts } from '../template.ts';

export const packaged: Texts<typeof english> = {
  'package.reportStake': 'Geld auf dem Spiel nach Partner',
  'package.reportGap': 'Lücke zum Ziel nach Partner',
  'package.reportHealth': 'Offene Deals nach Zustand',
  'package.reportForecast': 'Prognose für dieses Quartal',
  'package.typePartners': 'Headwater: Partner',
  'package.typeDeals': 'Headwater: Deals von Partnern',
  'package.typeAbout': 'Datensätze von {object} mit dem, was Headwater über sie schreibt',
  'package.dashboard': 'Headwater: der Vertriebskanal',
  'package.cardAbout': `
    Score, Band, Gründe und nächster Schritt, aus den Feldern, in die Headwater schreibt`,
  'package.setReader': 'Die Felder lesen, in die Headwater schreibt',
  'package.setIntegration': 'Die Felder lesen und bearbeiten, in die Headwater schreibt',
  'package.setManager': `
    Die Felder lesen, in die Headwater schreibt, und seine Berichte und sein Dashboard ausführen`,
  'package.viewLine': 'Ansicht „{view}“: {filter}. Spalten: {columns}.',
  'package.filterKnown': '„{field}“ ist bekannt',
  'package.filterMore': '„{field}“ ist größer oder gleich {value}',
  'package.filterLess': '„{field}“ ist kleiner als {value}',
  'package.filterEquals': '„{field}“ ist gleich {value}',
  'package.filterSorted': 'sortiert nach „{field}“, der größte Wert zuerst',
  'package.filterLargest':
    '„{field}“ ist größer als {value}, danach sortiert, der größte Wert zuerst',
  'package.settingsAbout': 'Was Headwater schreibt und wie es angezeigt wird',
  'package.settingsMade': `
    Von headwater package, Version {version}, aus der Zuordnung erstellt. Nach einer Änderung der
    Zuordnung neu erstellen und hochladen.`,
  'package.settingsCard': `
    Die Karte „Headwater“ auf den Datensatz setzen: Einstellungen > Objekte > {object} >
    Datensatzanpassung.`,
  'package.settingsProperties': `
    Eigenschaften der Gruppe Headwater, in dieser Reihenfolge: {columns}`,
  'package.settingsViews': `
    HubSpot lässt keine App gespeicherte Ansichten erstellen. Je Ansicht: die Liste der Datensätze
    öffnen, eine Ansicht dieses Namens hinzufügen, für alle freigegeben; unter den erweiterten
    Filtern den Filter hinzufügen; unter Spalten bearbeiten die Spalten wählen; die Ansicht
    speichern.`,
  'view.attentionPartners': 'Partner, die heute Beachtung brauchen',
  'view.attentionDeals': 'Deals, die heute Beachtung brauchen',
  'view.toClose': 'Deals, die auf einmal zu schließen sind',
  'view.moneyAtStake': 'Partner mit Geld auf dem Spiel',
  'view.planGap': 'Partner, die hinter ihrem Plan liegen',
  'view.stalled': 'Festgefahrene Deals von Partnern',
};
