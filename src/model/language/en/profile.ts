/** What successful partners share, and how well others fit. */
export const profile = {
  'profile.title': 'What successful partners have in common',
  'profile.trait': `
    {trait}: {points:points} places of 100 in what was won in a year ({low:points} to
    {high:points}), {n#partner|partners}`,
  'profile.nothing':
    'nothing that could be told apart from chance, among {partners:number} partners',
  'profile.compared': `
    compared: {n#partner|partners} that had a year to win something; association is
    not causation`,
  'profile.places': 'managers have room for {n#partner|partners}',
  'profile.fit': 'fits {fit:decimal} of 100: {parts}',
  'profile.unknown': 'fits {fit:decimal} of 100: nothing is known that counts',
  'profile.vertical': `
    {industry}: expected to win {rate:percent} ({low:percent} to {high:percent}), {n#decided
    deal|decided deals}`,
  'profile.recruits': 'How well recruits fit',
  'profile.noFit': `
    nothing is known that successful partners have in common, so nobody fits better than others`,
  'profile.ignored': 'columns left out: {columns}',
  'segment.invest': 'invest',
  'segment.develop': 'develop',
  'segment.maintain': 'maintain',
  'segment.self-service': 'self-service',
  'segment.beyond': 'self-service: managers have no room left; otherwise {segment}',
} as const;
