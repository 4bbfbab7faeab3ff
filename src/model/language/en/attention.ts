/** The list of what to look at. */
export const attention = {
  'attention.stake': '{stake:money} at stake',
  'attention.gap': '{gap:money} short of its goal',
  'attention.noGap': 'nothing short of its goal',
  'attention.closing': 'would close it: {deals}',
  'attention.closer': '“{name}” ({amount:money}, {p:percent})',
  'attention.until': '{effort}, until {day:date}',
  'attention.owner': 'owner: {owner}',
  'attention.left': '{owner} (no longer active)',
  'attention.nobody': 'nobody',
  'attention.none':
    'Nothing needs attention today: no partner or deal has money at stake and something to do.',
  'attention.noMatch': 'Nothing that needs attention matches the filter.',
  'attention.more': '{n#more is|more are} not shown.',
} as const;
