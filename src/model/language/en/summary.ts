/** A partner's period in three sentences. */
export const summary = {
  'summary.plan.none': '{partner} has no joint plan for {period}.',
  'summary.plan.early':
    'For {period}, {partner} has {n#target|targets}, of which nothing can be measured yet.',
  'summary.plan.kept': `
    For {period}, {partner} has {n#target|targets} that can be measured, and none is behind its
    pace.`,
  'summary.plan.behind': `
    For {period}, {partner} has {n#target|targets} that can be measured; {k#is|are} behind, the
    furthest “{target}” at {pace:percent} of its pace.`,
  'summary.forecast': `
    {sum:money} is expected of the whole period, with a probability of 80% between {floor:money} and
    {ceiling:money}; {n#deal is|deals are} open, worth {open:money} in all.`,
  'summary.forecast.stalled': `
    {sum:money} is expected of the whole period, with a probability of 80% between {floor:money} and
    {ceiling:money}; {n#deal is|deals are} open, worth {open:money} in all, of which {k#has|have}
    stalled.`,
  'summary.forecast.none': `
    {sum:money} is expected of the whole period, with a probability of 80% between {floor:money} and
    {ceiling:money}; no deal is open.`,
  'summary.score':
    'The score is {score:number} ({lower:number} to {upper:number}); nothing needs to be done.',
  'summary.driver': `
    The score is {score:number} ({lower:number} to {upper:number}); what weighs most is “{reason}”.`,
  'summary.next': `
    The score is {score:number} ({lower:number} to {upper:number}); what weighs most is “{reason}”,
    and what to do first is “{action}”.`,
  'summary.deals': '{n#deal is|deals are} open, worth {open:money} in all.',
  'summary.deals.none': 'No deal is open.',
  'summary.promises': '{n#promise is|promises are} open; {k#is|are} overdue.',
  'summary.promises.none': 'No promise with a date is open.',
} as const;
