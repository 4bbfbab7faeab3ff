/** Money for joint campaigns, and what came of it. */
export const funds = {
  'fund.title': 'Campaigns with partners',
  'fund.one': `
    {name} ({state}): cost {cost:money}, {leads:number} deals, {wins:number} of them won,
    {won:money}`,
  'fund.unknown': `
    {name} ({state}): cost unknown, {leads:number} deals, {wins:number} of them won, {won:money}`,
  'fund.planned': 'planned',
  'fund.running': 'running',
  'fund.done': 'done',
  'fund.decided.approved': 'approved on {on:date} by {by}: {why}',
  'fund.decided.refused': 'refused on {on:date} by {by}: {why}',
  'fund.decided.done': 'held, as {by} noted on {on:date}: {why}',
  'fund.none': 'No campaign of a partner is on record, so there is nothing to count.',
  'fund.unnamed': 'not named',
  'fund.group': `
    {group}: {times:decimal} times its cost was won ({low:decimal} to {high:decimal}),
    {n#campaign|campaigns}, {cost:money} a deal`,
  'fund.groupNone': `
    {group}: {times:decimal} times its cost was won ({low:decimal} to {high:decimal}),
    {n#campaign|campaigns}, no deal`,
  'fund.proposals': 'Where the next campaign is expected to bring most',
  'fund.proposal': `
    {partner}: {amount:money} is expected to bring {times:decimal} times its cost ({low:decimal}
    to {high:decimal})`,
  'fund.past': '{n#campaign|campaigns} of its own brought {times:decimal} times the cost',
  'fund.noPast': 'it has had no campaign: by others of its territory',
  'fund.noProposal': 'No campaign with a known cost is done, so nothing can be proposed.',
  'fund.about': 'Proposals for discussion: nothing is approved, paid or written.',
  'fund.review': 'Campaigns to look at',
  'fund.nothing': '{name} ({partner}): {cost:money} spent, and no deal came of it',
  'fund.noCost': '{name} ({partner}): nobody says what it cost',
  'fund.noCampaign': '{partner}: {cost:money} of funds were spent without a campaign',
  'fund.nothingToReview': 'Nothing to look at.',
} as const;
