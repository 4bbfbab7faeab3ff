/** Where hours and funds go. */
export const allocation = {
  'allocation.hours.title': 'Hours of our own people, last quarter',
  'allocation.hours.none': `
    No activity of our own people with partners’ deals is on record for the last quarter, so
    there is nothing to spread.`,
  'allocation.hours.share': '{now:decimal} hours today, {suggested:decimal} by what it is worth',
  'allocation.hours.total': `
    {total:decimal} hours in all, both ways; {guessed:decimal} of them by a usual length.`,
  'allocation.funds.title': 'Funds, last twelve months',
  'allocation.funds.none': `
    No costs with a known amount are on record for the last twelve months, so there is nothing to
    spread.`,
  'allocation.funds.share': '{now:money} today, {suggested:money} by what it is worth',
  'allocation.funds.total': `
    {total:money} in all, both ways; {guessed#cost has|costs have} no known amount.`,
  'allocation.worth': `
    worth {value:money} in a year; one more here is worth {marginal:decimal} times the average`,
  'allocation.assumed': `
    One shape of diminishing returns is assumed for all partners: a list to talk about, not a
    finding.`,
} as const;
