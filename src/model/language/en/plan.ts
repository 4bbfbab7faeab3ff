/** What should be put right about a joint plan, and how. */
export const plan = {
  'plan.endsBefore': 'ends on {end:date}, before it begins on {start:date}: it scores nothing',
  'plan.endsBefore.cure': 'Correct the two days.',
  'plan.tooLarge':
    'has {n#target or promise|targets and promises}, more than a plan is scored with',
  'plan.tooLarge.cure': 'Keep at most {most:number} of each, or make several plans of it.',
  'plan.status': 'is in status “{status}” and scores nothing',
  'plan.draft.cure': 'Agree it with the partner, and set its status.',
  'plan.overlaps': 'overlaps “{plan}”, which was there first: this one scores nothing meanwhile',
  'plan.overlaps.cure': 'End one of the two before the other begins.',
  'plan.noTarget': 'has no target: nothing of it can be measured',
  'plan.noTarget.cure': 'Add one.',
  'plan.metric': '“{target}” names “{metric}”, which is not a metric that can be counted',
  'plan.metric.cure': 'Known: {known}. In the mapping: {example}.',
  'plan.metric.near': 'Did you mean {near}?',
  'plan.zeroGoal': '“{target}” has the goal {goal:figure}, which anything reaches',
  'plan.zeroGoal.cure': 'Set a goal above zero, or remove the target.',
  'plan.noOutcome':
    'promises no won amount: the score is the probability of the usual period instead',
  'plan.noOutcome.cure': 'Add a target for {metric} on the partner’s side.',
  'plan.weights.partner': `
    the weights on the partner’s side sum to {sum:figure}, neither 1 nor 100: they are taken
    as shares of their sum`,
  'plan.weights.vendor': `
    the weights on our side sum to {sum:figure}, neither 1 nor 100: they are taken as shares of
    their sum`,
  'plan.weights.cure': 'Make them sum to 1.',
  'plan.review': 'was to be reviewed by {day:date}',
  'plan.proposed': `
    was changed after its period began (revision {proposed}), which nobody has approved: revision
    {revision} is scored`,
  'plan.nobody': 'is of {partner}, which is not a partner, or no longer one: it scores nothing',
  'plan.nobody.cure': 'Give it to a partner, or leave that account in the partners of the mapping.',
  'plan.unmeasured': '{target} ({why})',
} as const;
