/**
 * Why a number is what it is. Each comes in two: what raises it and what lowers it, so that no fact
 * reads as harm by itself; what is compared with what stands in the sentence.
 */
export const reasons = {
  'partner.won.up':
    '{won:money} won so far, more than a partner of like size by now; {left:span} left.',
  'partner.won.down':
    'Only {won:money} won so far, less than a partner of like size by now; {left:span} left.',
  'partner.won.none': 'Nothing won yet, with {left:span} left.',
  'partner.pipeline.up': `
    {n#proven open deal|proven open deals}, expected to bring {sum:money} by then: more than a
    partner of like size usually has open.`,
  'partner.pipeline.down': `
    Only {n#proven open deal|proven open deals}, expected to bring {sum:money} by then: less than
    a partner of like size usually has open.`,
  'partner.pipeline.unknown': 'No deal on record yet: only what it may still open counts.',
  'partner.pipeline.none.up':
    'No proven open deal, yet its record alone is worth more than that of a partner of like size.',
  'partner.pipeline.none.down':
    'No proven open deal, where a partner of like size usually has some.',
  'partner.conversion.up': `
    Wins its deals more often than other partners: {own:percent} within {days:number} days against
    {pool:percent} ({n#past deal|past deals}).`,
  'partner.conversion.down': `
    Wins its deals less often than other partners: {own:percent} within {days:number} days against
    {pool:percent} ({n#past deal|past deals}).`,
  'partner.arrivals.up': `
    Its record is worth {own:decimal} average wins a year, that of a partner of like size
    {peer:decimal}.`,
  'partner.arrivals.down': `
    Its record is worth only {own:decimal} average wins a year, that of a partner of like size
    {peer:decimal}.`,
  'partner.arrivals.surer': `
    Its record of {own:decimal} average wins a year ({peer:decimal} for a partner of like size) is
    more certain than that of a partner nobody knows.`,
  'partner.arrivals.narrower': `
    Its record of {own:decimal} average wins a year ({peer:decimal} for a partner of like size)
    leaves less upside than that of a partner nobody knows.`,
  'partner.half': `
    Open deals that someone unknown moved forward or met on; together they add at most {most#point|points}.`,
  'deal.stage.up': `
    In {stage}: {own:percent} of deals in this stage are won by {due:date}, of all open deals
    {all:percent}.`,
  'deal.stage.down': `
    In {stage}: only {own:percent} of deals in this stage are won by {due:date}, of all open deals
    {all:percent}.`,
  'deal.age.up': `
    In {stage} for {days:lasting}: {own:percent} of such deals are won by {due:date}, of all in
    this stage {all:percent}.`,
  'deal.age.down': `
    In {stage} for {days:lasting}: only {own:percent} of such deals are won by {due:date}, of all
    in this stage {all:percent}.`,
  'deal.partner.up':
    "This partner's deals are won more often than those of others ({n#past deal|past deals}).",
  'deal.partner.down':
    "This partner's deals are won less often than those of others ({n#past deal|past deals}).",
  'deal.evidence.capped':
    '{stated:money} is on record and counts as {counted:money} until it is won.',
  'deal.evidence.half':
    'Nobody knows who moved it: such deals together count up to what the record of wins brings.',
  'deal.evidence.young':
    'Young deals together count up to a few times what the record of wins brings.',
  'deal.evidence.nothing': `
    Nothing by our side or the buyer shows it to be real: such deals together count for half of
    what the record of wins brings.`,
  'deal.evidence.counts': 'All of its chance counts.',
  'deal.level.up': 'Open deals of past quarters brought more than was forecast for them.',
  'deal.level.down': 'Open deals of past quarters brought less than was forecast for them.',
  'win.stage.up': 'In {stage}, and how it came there: such deals are won more often.',
  'win.stage.down': 'In {stage}, and how it came there: such deals are won less often.',
  'win.age.up':
    'In {stage} for {days:lasting}, open for {age:lasting}: such deals are won more often.',
  'win.age.down':
    'In {stage} for {days:lasting}, open for {age:lasting}: such deals are won less often.',
  'win.activity.up': `
    What was done on it ({n#activity|activities} in the last week) looks like deals that are won.`,
  'win.activity.down': `
    What was done on it ({n#activity|activities} in the last week) is less than in deals that are
    won.`,
  'win.activity.quiet.up':
    'No activity for {days:lasting}, which is not unusual for deals that are won.',
  'win.activity.quiet.down': 'No activity for {days:lasting}.',
  'win.activity.none.up':
    'Nothing that counts as progress yet, which is not unusual this early for deals that are won.',
  'win.activity.none.down': 'Nothing that counts as progress was done on it yet.',
  'win.quote.up': 'Its quotes, and what became of them, look like those of deals that are won.',
  'win.quote.down': 'Its quotes, and what became of them, look like those of deals that are lost.',
  'win.task.up': 'Its open tasks look like those of deals that are won.',
  'win.task.down': 'Its open tasks look like those of deals that are lost.',
  'win.amount.up': 'Deals of its amount are won more often.',
  'win.amount.down': 'Deals of its amount are won less often.',
  'win.product.up': 'Deals with the product “{word}” are won more often.',
  'win.product.down': 'Deals with the product “{word}” are won less often.',
  'win.origin.up': 'Deals that came by “{word}” are won more often.',
  'win.origin.down': 'Deals that came by “{word}” are won less often.',
  'win.industry.up': 'Deals with customers in “{word}” are won more often.',
  'win.industry.down': 'Deals with customers in “{word}” are won less often.',
  'win.competitor.up': 'Deals against “{word}” are won more often.',
  'win.competitor.down': 'Deals against “{word}” are won less often.',
  'win.about.up': `
    Deals without a product, origin, industry or competitor on record are won more often.`,
  'win.about.down': `
    Deals without a product, origin, industry or competitor on record are won less often.`,
  'win.push.up': 'Close date pushed {n#time|times}: such deals are won more often.',
  'win.push.down': 'Close date pushed {n#time|times}: such deals are won less often.',
  'win.push.none.up': 'Close date never pushed: such deals are won more often.',
  'win.push.none.down': 'Close date never pushed: such deals are won less often.',
  'win.quarter.up': 'With {left:span} left of the quarter such deals are won more often.',
  'win.quarter.down': 'With {left:span} left of the quarter such deals are won less often.',
  'win.weekday.up': 'More is decided on such days of the week.',
  'win.weekday.down': 'Less is decided on such days of the week.',
  'win.owner.up': 'Deals of its owner are won more often than the rest explains.',
  'win.owner.down': 'Deals of its owner are won less often than the rest explains.',
  'win.partner.up': 'Deals of this partner are won more often than the rest explains.',
  'win.partner.down': 'Deals of this partner are won less often than the rest explains.',
} as const;
