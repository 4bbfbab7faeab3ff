/** Invented names of companies and people, and the hostile ones that break careless software. */
import type { RandomStream } from '../random.ts';

const COMPANY_FIRST = [
  'Alder',
  'Beacon',
  'Cobalt',
  'Delta',
  'Ember',
  'Falcon',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Keystone',
  'Lumen',
  'Meridian',
  'Nordlys',
  'Orchard',
  'Pinnacle',
  'Quarry',
  'Ridgeway',
  'Saffron',
  'Tidewater',
  'Umbra',
  'Vantage',
  'Willow',
  'Xenon',
  'Yarrow',
  'Zephyr',
  'Björk',
  'Société',
  'Łódź',
  'Ærø',
  'São',
  'Müller',
];
const COMPANY_SECOND = [
  'Foods',
  'Logistics',
  'Textiles',
  'Energy',
  'Medical',
  'Finance',
  'Robotics',
  'Shipping',
  'Foundry',
  'Retail',
  'Chemicals',
  'Media',
  'Aviation',
  'Insurance',
  'Instruments',
  'Packaging',
  'Pharma',
  'Motors',
  'Timber',
  'Telecom',
  'Bank',
  'Mining',
  'Optics',
  'Utilities',
];
const COMPANY_FORM = ['Ltd', 'GmbH', 'Inc', 'AG', 'SA', 'AB', 'BV', 'LLC', 'SpA', 'Oy'];
const PARTNER_SECOND = [
  'Systems',
  'Consulting',
  'Networks',
  'Integrators',
  'Cloud',
  'Digital',
  'Software',
  'Advisory',
  'Technologies',
  'Data',
  'Partners',
  'Solutions',
];
const FIRST_NAMES = [
  'Ana',
  'Bram',
  'Chidi',
  'Dalia',
  'Emre',
  'Freya',
  'Giulia',
  'Hana',
  'Ivo',
  'Jun',
  'Katarzyna',
  'Léa',
  'Mateo',
  'Nadia',
  'Oskar',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Tomás',
  'Uma',
  'Viktor',
  'Wen',
  'Ximena',
  'Yusuf',
  'Zoë',
  'Siobhán',
  'Björn',
];
const LAST_NAMES = [
  'Almeida',
  'Bakker',
  'Castellano',
  'Dvořák',
  'Eriksen',
  'Fischer',
  'García',
  'Hughes',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Nakamura',
  "O'Connor",
  'Petrov',
  'Quiroga',
  'Rossi',
  'Şahin',
  'Tanaka',
  'Usman',
  'van der Berg',
  'Weber',
  'Xu',
  'Yılmaz',
  'Zieliński',
  "D'Souza",
  'Nguyễn',
];

export const INDUSTRIES = [
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Insurance',
  'Manufacturing',
  'Media',
  'Retail',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
];
export const COUNTRIES = [
  'Germany',
  'France',
  'Netherlands',
  'Sweden',
  'United Kingdom',
  'United States',
  'Canada',
  'Spain',
  'Italy',
  'Poland',
  'Japan',
  'Brazil',
];
export const TITLES = [
  'Head of IT',
  'Purchasing Manager',
  'CFO',
  'Operations Director',
  'CIO',
  'Data Lead',
  'Procurement Analyst',
  'Managing Director',
  'Plant Manager',
];
export const PARTNER_TITLES = [
  'Sales Engineer',
  'Account Executive',
  'Practice Lead',
  'Solution Architect',
  'Alliance Manager',
  'Consultant',
];

/**
 * Customer names that break quoting, LIKE patterns, spreadsheets, fixed widths
 * and right-to-left layouts.
 */
export const HOSTILE_CUSTOMER_NAMES = [
  '=HYPERLINK("http://example.invalid","Refund")',
  'O\'Hare & Söhne \\ "Quotes" GmbH',
  '🚀 Rocket Works 👩🏽‍🔧',
  '東京商事株式会社',
  'שלום טכנולוגיות',
  "Robert'); DELETE FROM Opportunity;--",
  '100%_Natural Foods',
  '<script>alert(1)</script> Ltd',
  'Zero\u200bWidth e\u0301clair',
  '@SUM(1+1)*cmd|A0',
  'Line\tTab "Co", Ltd',
];
export const HOSTILE_PARTNER_NAMES = [
  "D'Angelo & Figli",
  'Žluťoučký Kůň s.r.o.',
  '=HYPERLINK("http://example.invalid/p","Partner")',
  'Back\\slash Networks',
  '☂️ Umbrella Consulting',
  '北京云计算有限公司',
];

export function companyName(stream: RandomStream): string {
  return `${stream.pick(COMPANY_FIRST)} ${stream.pick(COMPANY_SECOND)} ${stream.pick(COMPANY_FORM)}`;
}

export function partnerName(stream: RandomStream, index: number): string {
  const word = COMPANY_FIRST[index % COMPANY_FIRST.length] ?? 'Alder';
  const round = Math.floor(index / COMPANY_FIRST.length);
  return `${word} ${stream.pick(PARTNER_SECOND)}${round === 0 ? '' : ` ${round + 1}`}`;
}

export function personName(stream: RandomStream): { firstName: string; lastName: string } {
  return { firstName: stream.pick(FIRST_NAMES), lastName: stream.pick(LAST_NAMES) };
}

/** The ASCII letters and digits of a name, for addresses. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, '')
    .toLowerCase();
  return plain.slice(0, 30) || 'company';
}

/** A text cut to so many UTF-16 units without halving a character. */
export function clip(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}
