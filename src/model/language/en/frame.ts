/** What stands around the reasons: events, headlines, headings and words of numbers. */
export const frame = {
  'event.plan': 'Wins {goal:money} by {due:date} ({plan})',
  'event.repeat':
    'Wins about {goal:money} or more, its usual amount, in the coming 13 weeks (no plan target)',
  'event.deal': 'Won by {due:date}',
  'headline.deal': `
    Probability of winning {amount:money} by {due:date}: {p:percent} ({low:least} to {high:most}),
    from {n#past deal|past deals}`,
  'headline.plan': `
    Probability of winning {goal:money} by {due:date} ({plan}): {p:percent} ({low:least} to
    {high:most}), from {n#past deal|past deals}`,
  'headline.repeat': `
    Probability of winning about {goal:money} or more, its usual amount, in the coming 13 weeks:
    {p:percent} ({low:least} to {high:most}), from {n#past deal|past deals}`,
  'headline.reached':
    '{won:money} won: the target of {goal:money} by {due:date} ({plan}) is reached',
  'evidence.little': 'little evidence',
  'evidence.said': '{said}; little evidence',
  'closeRate.one': `
    {product}: {p:percent} ({low:least} to {high:most}), from {n#past deal|past deals}`,
  'base.partner': '{p:exact} for a partner of like size, of any type',
  'base.partnerOfType':
    '{p:exact} for a partner of like size, from {n#partner|partners} of type {type}',
  'base.deal': '{p:exact} for any open deal',
  'group.up': 'Raises it:',
  'group.down': 'Lowers it:',
  'group.rest': '{n#smaller reason|smaller reasons} together',
  total: '= {p:exact}, as of {day:date}',
  'due.vendor': 'We owe “{what}”, due {on:date}.',
  'due.partner': 'The partner owes “{what}”, due {on:date}.',
  'record.deal':
    'Of {n#deal|deals} given {from:least} to {to:most}, {happened:percent} {n?was|were} won.',
  'record.partner': `
    Of {n#partner score|partner scores} given {from:least} to {to:most}, {happened:percent} came
    true.`,
  'record.replayed': 'Replayed on the past: {text}',
  'health.on track': 'on track',
  'health.slipping': 'slipping',
  'health.stalled': 'stalled',
  'triage.protect': 'protect',
  'triage.rescue': 'rescue',
  'triage.leave': 'leave',
  'duplicate.of': '{id}: {evidence}',
  'duplicate.earlier': '{evidence}, {n#day|days} earlier',
  'duplicate.deal': 'the same deal',
  'duplicate.account': 'the same account',
  'duplicate.domain': 'the same domain {domain}',
  'duplicate.names': 'the names “{one}” and “{other}”',
  'word.under': 'under {p}',
  'word.over': 'over {p}',
  'word.days': '{n#day|days}',
  'word.weeks': '{n#week|weeks}',
  'word.lasting': 'over {n#day|days}',
  'word.brief': 'less than a day',
  'word.stage': 'its stage',
} as const;
