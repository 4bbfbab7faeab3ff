/**
 * What a card on a record says, from the values that Headwater wrote: no CRM, no DOM. The packages
 * for Salesforce and HubSpot carry this file as it is.
 */

/** After so many days a number is no longer shown without a warning. */
const OLD_AFTER_DAYS = 10;
const DAY_MS = 86_400_000;
const SHOWN_REASONS = 3;
/** From which percentage on a word is used, and how good the news is. */
const WORDS = [
  [80, 'veryLikely', 'good'],
  [55, 'likely', 'good'],
  [45, 'even', 'middle'],
  [20, 'unlikely', 'poor'],
  [0, 'veryUnlikely', 'poor'],
];
/** A shape for each tone, so that colour never carries it alone. */
const MARKS = { good: '▲', middle: '●', poor: '▼' };
/** The number that a record of each kind is about, and the ends of its band. */
const LEADERS = {
  partner: ['score', 'scoreLow', 'scoreHigh'],
  deal: ['winProbability', 'low', 'high'],
};
const PLACED = [
  ...['evidence', 'evidenceWord', 'asOf', 'event', 'reasons', 'nextAction', 'nextDeal', 'health'],
  ...['planHealth', 'vendorHealth', 'nextDue'],
  ...['forecast', 'forecastLow', 'forecastHigh', 'sourced', 'influenced'],
];
/** Marks that turn the direction of text could make a name say something else. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Letters and marks that are read from the right. */
const FROM_RIGHT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A date from the right would mix with a sentence from the left: it stands by itself. */
const isolated = (value) => (FROM_RIGHT.test(value) ? `\u2068${value}\u2069` : value);

/** As the engine compares keys: without regard to letter case and to space around them. */
const keyOf = (value) =>
  String(value ?? '')
    .trim()
    .toLowerCase();

/** Whether a record is closed, by its own fields: `won`, `lost`, or null while it is open. */
export function closedBy({ closed, won }, valueOf) {
  const holds = (test) => test.is.some((word) => keyOf(word) === keyOf(valueOf(test)));
  if (!holds(closed)) return null;
  return holds(won) ? 'won' : 'lost';
}

export const fill = (text, ...values) =>
  text.replace(/\{(\d)\}/g, (whole, at) => isolated(String(values[Number(at)] ?? whole)));

const isEmpty = (value) => value === null || value === undefined || value === '';
const numberOf = (value) => (isEmpty(value) || Number.isNaN(Number(value)) ? null : Number(value));
const textOf = (value) => (isEmpty(value) ? null : String(value).replace(TURNING, '').trim());
/** HubSpot gives moments as epoch milliseconds in text, Salesforce as ISO. */
const momentOf = (value) => {
  if (isEmpty(value)) return null;
  const ms = /^\d{10,}$/.test(String(value)) ? Number(value) : Date.parse(String(value));
  return Number.isNaN(ms) ? null : ms;
};

/** CRMs also write `en_US`; a locale that no browser knows is none to fail on. */
function localeOf(given) {
  try {
    return Intl.getCanonicalLocales(String(given ?? 'en').replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** A code that is none stands behind the number. */
function amountsIn(locale, currency) {
  const plain = { maximumFractionDigits: 0 };
  if (!/^[A-Z]{3}$/.test(currency)) {
    const whole = new Intl.NumberFormat(locale, plain);
    return (value) => `${whole.format(value)} ${currency ?? ''}`.trim();
  }
  const money = new Intl.NumberFormat(locale, { ...plain, style: 'currency', currency });
  return (value) => money.format(value);
}

/** Numbers, money and dates in the reader's locale. */
export function formatter(given, currency) {
  const locale = localeOf(given);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const amount = amountsIn(locale, currency);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  // A day without a time is the same day everywhere.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const date = (raw) =>
    (/^\d{4}-\d{2}-\d{2}$/.test(String(raw)) ? day : moment).format(new Date(momentOf(raw)));
  const share = (value) => {
    if (value > 0 && value < 1) return `<${percent.format(0.01)}`;
    if (value > 99 && value < 100) return `>${percent.format(0.99)}`;
    return percent.format(value / 100);
  };
  return {
    share,
    whole: (value) => percent.format(value / 100),
    count: (value) => whole.format(value),
    money: amount,
    date,
    /** A value by its unit, as a row of a list shows it. */
    value: (raw, unit) => {
      const value = numberOf(raw);
      if (unit === 'moment') return momentOf(raw) === null ? null : date(raw);
      if (unit === 'text' || value === null) return textOf(raw);
      return { percent: share, money: amount }[unit]?.(value) ?? whole.format(value);
    },
  };
}

function headlineOf(score, texts, format) {
  const [, word, tone] = WORDS.find(([from]) => score >= from) ?? WORDS.at(-1);
  return { text: format.share(score), word: texts[word], tone, mark: MARKS[tone] };
}

/** Outwards to whole percents, as the sentence about the number has them. */
const endsOf = (low, high, format) => [
  format.whole(Math.floor(low)),
  format.whole(Math.ceil(high)),
];

const within = (value) => Math.min(100, Math.max(0, value));

/** A bar from 0 to 100; `range` where low and high are known. */
function barOf(at, low, high, text) {
  const hasRange = low !== null && high !== null && high >= low;
  return {
    at: within(at),
    low: hasRange ? within(low) : null,
    high: hasRange ? within(high) : null,
    text,
  };
}

/**
 * The first line says what the number is; lines with points are its parts. What stands between them
 * (what it is compared with, headings, the sum) the card says in its own way.
 */
function reasonsOf(value, texts) {
  const lines = (textOf(value) ?? '').split('\n').map((line) => line.trim());
  const all = lines.filter((line) => line !== '');
  const isSum = all.length > 0 && !/^[+-]/.test(all[0]);
  const told = all.slice(isSum ? 1 : 0);
  const pointed = told.filter((line) => /^[+-]/.test(line));
  const parts = (pointed.length > 0 ? pointed : told).map((text, key) => {
    const [, points, words] = /^([+-][\d.,]+)\s+(.+)$/.exec(text) ?? [null, null, text];
    const tone = points === null ? 'middle' : points.startsWith('+') ? 'good' : 'poor';
    return { key, points, text: words, tone, mark: MARKS[tone] };
  });
  const rest = parts.slice(SHOWN_REASONS);
  return {
    sum: isSum ? all[0] : null,
    first: parts.slice(0, SHOWN_REASONS),
    rest,
    more: rest.length === 0 ? null : fill(texts.moreReasons, rest.length),
  };
}

function ageOf(value, texts, format, nowMs) {
  const ms = momentOf(value);
  if (ms === null) return { text: null, warning: null };
  const days = Math.floor((nowMs - ms) / DAY_MS);
  return {
    text: fill(texts.asOf, format.date(value)),
    warning: days > OLD_AFTER_DAYS ? fill(texts.old, days) : null,
  };
}

/** How many deals, and the word that the mapping's language has for few. */
function evidenceOf({ evidence, evidenceWord }, texts, format) {
  const count = numberOf(evidence);
  if (count === null) return null;
  if (count === 0) return texts.evidenceNone;
  const many = count === 1 ? texts.evidenceOne : fill(texts.evidenceMany, format.count(count));
  const word = textOf(evidenceWord);
  return word === null ? many : `${many}: ${word}`;
}

function planOf(outputs, texts, format) {
  const side = (key) => {
    const value = numberOf(outputs[key]);
    if (value === null) return [];
    const text = format.share(value);
    return [
      { key, label: texts[key], text, bar: barOf(value, 0, value, `${texts[key]}: ${text}`) },
    ];
  };
  return { sides: [...side('planHealth'), ...side('vendorHealth')], due: textOf(outputs.nextDue) };
}

function forecastOf({ forecast, forecastLow, forecastHigh }, texts, format) {
  const [middle, low, high] = [forecast, forecastLow, forecastHigh].map(numberOf);
  if (middle === null && low === null && high === null) return null;
  const ends = [low, high].map((end) => (end === null ? texts.unknown : format.money(end)));
  // One amount twice says no more than the amount.
  const range = ends[0] === ends[1] ? null : fill(texts.between, ...ends);
  return { text: middle === null ? null : format.money(middle), range };
}

const rowsOf = (keys, { outputs, labels, units }, texts, format) =>
  keys.flatMap((key) => {
    const text = format.value(outputs[key], units[key]);
    return text === null ? [] : [{ key, label: texts[key] ?? labels[key] ?? key, text }];
  });

/**
 * What to show of a record. `given`: entity, outputs by name, their labels and units, `closed`
 * (null, 'won', 'lost' or 'closed'), `nowMs`.
 */
export function viewOf(given, texts, format) {
  const { entity, outputs, closed = null, nowMs } = given;
  const [main, lowName, highName] = LEADERS[entity];
  const score = numberOf(outputs[main]);
  const [low, high] = [numberOf(outputs[lowName]), numberOf(outputs[highName])];
  const rest = Object.keys(outputs).filter(
    (key) => ![main, lowName, highName, ...PLACED].includes(key),
  );
  const range =
    low === null || high === null ? null : fill(texts.band, ...endsOf(low, high, format));
  const action = closed === null ? textOf(outputs.nextAction) : null;
  return {
    hasScore: score !== null,
    none: score === null ? texts[entity === 'partner' ? 'noScorePartner' : 'noScoreDeal'] : null,
    closed: closed === null ? null : texts[`closed-${closed}`],
    headline: score === null ? null : headlineOf(score, texts, format),
    bar: score === null ? null : barOf(score, low, high, range ?? format.share(score)),
    range,
    event: textOf(outputs.event),
    evidence: evidenceOf(outputs, texts, format),
    age: ageOf(outputs.asOf, texts, format, nowMs),
    health: textOf(outputs.health),
    action: action === null ? null : { text: action, dealId: textOf(outputs.nextDeal) },
    reasons: reasonsOf(outputs.reasons, texts),
    plan: planOf(outputs, texts, format),
    forecast: forecastOf(outputs, texts, format),
    credit: rowsOf(['sourced', 'influenced'], given, texts, format),
    more: rowsOf(rest, given, texts, format),
  };
}
