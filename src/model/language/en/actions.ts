/** What to do next, what it rests on, and what went with it in the past. */
export const actions = {
  'action.close': `
    Close it as lost: fewer than 1 in 100 such deals are ever won, and nothing counts for it any
    more.`,
  'action.closeAll': 'Close {n#deal|deals} as lost in one go: each has a chance under 1%.',
  'action.closeOrRevive': `
    Close as lost or revive: open for {age:lasting}, no meeting, call or step forward for
    {silent:lasting}.`,
  'action.contact': 'Get in touch with the buyer: nothing has moved for {silent:lasting}.',
  'action.meet': `
    Call or meet the buyer: no meeting, call or step forward for {silent:lasting}, only lighter
    contact since.`,
  'action.flash': `
    Offer “{incentive}” ({cost:money}) for signing by {by:date}: late stage, no meeting, call or
    step forward for {silent:lasting}.`,
  'action.redate': 'Set a real close date with the buyer: {day:date} has passed.',
  'action.unblock':
    'Ask what blocks it: in {stage} for {days:lasting}, which four in five deals leave sooner.',
  'action.requalify': "Confirm the buyer's timing: close date pushed {n#time|times} in this stage.",
  'action.verify': `
    Hold a first meeting with the buyer: nothing by our side or the buyer is on record that shows
    it to be real.`,
  'action.reassign': 'Give it a new owner: {owner} is no longer active.',
  'action.outgrown':
    'Target outgrown: {won:money} won of {goal:money} with {left:span} to go. Agree the next one.',
  'action.reached':
    'Target reached: {won:money} won of {goal:money}. Agree the next one at its present pace.',
  'action.closeGap':
    '{gap:money} short of its goal: work on “{deal}” ({amount:money}, {p:percent} by {due:date}).',
  'action.closeGapMore': `
    {gap:money} short of its goal: work on “{deal}” ({amount:money}, {p:percent} by {due:date})
    and {n#more deal|more deals}.`,
  'action.revive': `
    {gap:money} short of its goal: revive “{deal}” ({amount:money}), no meeting, call or step
    forward for {silent:lasting}.`,
  'action.coach': `
    {gap:money} short of its goal: coach on {stage}, where it loses {own:percent} of its deals,
    other partners {pool:percent}.`,
  'action.coachWith': `
    {gap:money} short of its goal: coach on {stage}, where it loses {own:percent} of its deals,
    other partners {pool:percent}. Use “{asset}”.`,
  'action.incentive':
    '{gap:money} short of its goal: offer “{incentive}” ({cost:money}) until {by:date}.',
  'action.pipeline': `
    Build pipeline together: {gap:money} short of its goal, and its open deals are expected to
    bring {sum:money}.`,
  'action.firstDeal': 'Find the first deal together: none is on record yet.',
  'action.agreePlan': 'Agree a joint plan with an outcome target: there is none in force.',
  'action.vendorPromise': 'Keep our own promise: “{promise}” was due on {due:date}.',
  'action.promise': 'Agree a new date for “{promise}”, which was due on {due:date}.',
  'action.cleanUp': `
    Close {n#silent deal|silent deals} that should have moved long ago and {n?counts|count} for
    nothing.`,
  'evidence.deals': 'from {n#past deal|past deals}',
  'evidence.plan': 'from the joint plan “{plan}”',
  'evidence.record': 'from what the CRM holds about it',
  'effect.met': `
    With one more meeting or call the probability by {due:date} is {to:percent} ({low:least} to
    {high:most}), now {from:percent}; from {n#past deal|past deals}: an association, not a
    promise.`,
  'effect.met.same': `
    With one more meeting or call the probability by {due:date} is no higher: {to:percent}
    ({low:least} to {high:most}), now {from:percent}; from {n#past deal|past deals}.`,
  'effect.moved': `
    Once such a deal comes to {stage}, its probability by {due:date} is {to:percent} ({low:least}
    to {high:most}), now {from:percent}; from {n#past deal|past deals}: an association, not a
    promise.`,
  'effect.moved.same': `
    Once such a deal comes to {stage}, its probability by {due:date} is no higher: {to:percent}
    ({low:least} to {high:most}), now {from:percent}; from {n#past deal|past deals}.`,
  'effect.partner': `
    One more typical win goes with {points:points} points of score ({low:points} to {high:points}
    for small and large ones), from {n#past win|past wins}: an association, not a promise.`,
  'effect.partner.same':
    'One more typical win goes with less than {points:decimal} points of score.',
  'effect.tidies': 'None is expected: it puts the record right, and makes the deal no likelier.',
  'effect.unmeasured':
    'No effect is stated: nothing on record shows where it was done and where it was not.',
  'effect.unknown': 'No effect is stated: too few past deals show what follows it.',
  'effort.minutes': 'a few minutes',
  'effort.hour': 'about an hour',
  'effort.days': 'some days',
} as const;
