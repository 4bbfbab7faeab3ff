/** What is sent when a number leaves its limits. */
export const alert = {
  'alert.above': '{what} of {name} has reached {value}, at or above {limit}.',
  'alert.below': '{what} of {name} has fallen to {value}, at or below {limit}.',
  'alert.engine': '{what}: {value} (limit {limit}).',
  'alert.several': '{n#alert|alerts} of Headwater',
  'alert.more': '… and {n#more|more}',
  'alert.one': 'Headwater: {name}',
  'alert.test': 'A test of Headwater: alerts arrive here.',
} as const;
