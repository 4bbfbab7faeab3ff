/** What partners are worth among each other. */
export const worth = {
  'value.title': 'What partners are worth',
  'value.year': '{mean:money} in a year (80%: {low:money} to {high:money})',
  'value.threeYears': '{mean:money} in three years (80%: {low:money} to {high:money})',
  'value.active': `
    {p:percent} likely to be still selling; the last twelve months brought {lastYear:money}`,
  'value.history': 'won in {wins:number} of {months:number} months, last {ago#month|months} ago',
  'value.topFifth': `
    The largest fifth of partners brought {p:percent} of what was won in twelve months (80%:
    {low:percent} to {high:percent}).`,
  'value.effective': `
    That is as concentrated as {n:decimal} partners of equal size (80%: {low:decimal} to
    {high:decimal}), of {partners:number}.`,
  'value.nothingWon': `
    Nobody won anything in the last twelve months, so there is no concentration to measure.`,
} as const;
