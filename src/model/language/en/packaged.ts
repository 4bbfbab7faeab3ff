/**
 * What a package for a CRM is made of, as its users and admins read it there: list views, reports,
 * permission sets, the page of settings. Labels have at most 40 characters in Salesforce.
 */
export const packaged = {
  'package.reportStake': 'Money at stake by partner',
  'package.reportGap': 'Gap to the goal by partner',
  'package.reportHealth': 'Open deals by health',
  'package.reportForecast': 'Forecast for this quarter',
  'package.typePartners': 'Headwater: partners',
  'package.typeDeals': 'Headwater: deals of partners',
  'package.typeAbout': '{object} records with what Headwater writes about them',
  'package.dashboard': 'Headwater: the channel',
  'package.cardAbout': 'Score, band, reasons and next step, from the fields that Headwater writes',
  'package.setReader': 'Read the fields that Headwater writes',
  'package.setIntegration': 'Read and edit the fields that Headwater writes',
  'package.setManager': 'Read the fields that Headwater writes, and run its reports and dashboard',
  'package.viewLine': 'View “{view}”: {filter}. Columns: {columns}.',
  'package.filterKnown': '“{field}” is known',
  'package.filterMore': '“{field}” is greater than or equal to {value}',
  'package.filterLess': '“{field}” is less than {value}',
  'package.filterEquals': '“{field}” is equal to {value}',
  'package.filterSorted': 'sorted by “{field}”, largest first',
  'package.filterLargest': '“{field}” is greater than {value}, sorted by it, largest first',
  'package.settingsAbout': 'What Headwater writes, and how to show it',
  'package.settingsMade': `
    Made by headwater package, version {version}, from the mapping. After a change of the mapping,
    make it again and upload it.`,
  'package.settingsCard': `
    Put the card “Headwater” on the record: Settings > Objects > {object} > Record customization.`,
  'package.settingsProperties': 'Properties of the group Headwater, in this order: {columns}',
  'package.settingsViews': `
    HubSpot does not let apps make saved views. For each: open the list of the records, add a view with
    this name, shared with everyone; under advanced filters add the filter; under edit columns
    choose the columns; save the view.`,
  'view.attentionPartners': 'Partners that need attention today',
  'view.attentionDeals': 'Deals that need attention today',
  'view.toClose': 'Deals to close in one go',
  'view.moneyAtStake': 'Partners with money at stake',
  'view.planGap': 'Partners behind their plan',
  'view.stalled': 'Stalled deals of partners',
} as const;
