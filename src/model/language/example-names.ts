import type { Language } from './languages.ts';

/** Names that stand in a CRM in any language. */
const NAMES: Readonly<Record<string, string>> = {
  deal: 'Contoso - Data Gateway',
  name: 'Contoso - Data Gateway',
  owner: 'Anna Kim',
  partner: 'Northwind',
  object: 'Opportunity',
  fields: 'HW_Partner_Score__c',
  field: 'HW_Money_At_Stake__c',
  columns: 'HW_Money_At_Stake__c, HW_Gap__c',
  version: '0.2.0',
  domain: 'contoso.example',
  id: '006000000000001',
  one: 'Contoso Ltd',
  other: 'Contoso',
  metric: 'ARR',
  near: 'won_amount',
  known: 'won_amount, won_deals, registrations',
  example: 'metric.map: ARR: won_amount',
  feed: 'entities.activity',
  low: '5',
  high: '22',
  count: '15',
  days: '9',
  proposed: '3',
  revision: '2',
};

/** What people write into a CRM, by the place that it fills; in their own language. */
const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    plan: 'Joint plan 2026',
    stage: 'Proposal',
    what: 'Two engineers certified',
    promise: 'Two engineers certified',
    incentive: 'Year-end accelerator',
    asset: 'Guide to a first meeting',
    word: 'Renewal',
    status: 'Draft',
    target: 'Revenue',
    message: 'no answer',
  },
  de: {
    plan: 'Gemeinsamer Plan 2026',
    stage: 'Angebot',
    what: 'Zwei zertifizierte Techniker',
    promise: 'Zwei zertifizierte Techniker',
    incentive: 'Jahresendprämie',
    asset: 'Leitfaden für das erste Treffen',
    word: 'Verlängerung',
    status: 'Entwurf',
    target: 'Umsatz',
    message: 'keine Antwort',
  },
  fr: {
    plan: 'Plan commun 2026',
    stage: 'Proposition',
    what: 'Deux ingénieurs certifiés',
    promise: 'Deux ingénieurs certifiés',
    incentive: 'Prime de fin d’année',
    asset: 'Guide du premier rendez-vous',
    word: 'Renouvellement',
    status: 'Brouillon',
    target: 'Chiffre d’affaires',
    message: 'aucune réponse',
  },
  es: {
    plan: 'Plan conjunto 2026',
    stage: 'Propuesta',
    what: 'Dos ingenieros certificados',
    promise: 'Dos ingenieros certificados',
    incentive: 'Prima de fin de año',
    asset: 'Guía de la primera reunión',
    word: 'Renovación',
    status: 'Borrador',
    target: 'Facturación',
    message: 'sin respuesta',
  },
};

/** What would stand in a place that takes a name; undefined where nobody has thought of one. */
export const exampleName = (language: Language, place: string): string | undefined =>
  WORDS[language][place] ?? NAMES[place];
