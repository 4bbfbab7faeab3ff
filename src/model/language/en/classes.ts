/** What to do about partners. */
export const classes = {
  'class.title': 'Partner classes',
  'class.name.grow': 'grow',
  'class.name.intervene': 'intervene',
  'class.name.review': 'review',
  'class.name.none': 'none yet',
  'class.evidence': `
    expected to reach {attainment:percent} of its goal, {p:percent} likely to be still selling`,
  'class.silent': 'last win or new deal {n#month|months} ago',
  'class.neverSold': 'no win and no new deal on record',
  'class.triedOn': 'tried on {day:date} by {by}: {what} ({why})',
  'class.reviewOn': 'review due on {day:date}',
  'class.noMatch': 'No partner is in that class.',
  'class.above': 'on the way to its goal: invest',
  'class.behind': 'behind its goal, and still selling: help it',
  'class.untried': 'probably stopped selling, and nothing has been tried since: help it first',
  'class.waiting': 'probably stopped selling; what was tried has time left',
  'class.tried': `
    probably stopped selling, and what was tried has not helped: review it, with people`,
  'class.new': 'too little is known of it yet',
} as const;
