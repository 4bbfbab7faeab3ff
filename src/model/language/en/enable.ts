/** Where a partner loses more deals than others, and what would help it. */
export const enable = {
  'enable.title': 'Skill gaps, certificates and assets',
  'enable.gap.stage': `
    Loses {own:percent} ({low:least} to {high:most}) of its deals in {stage}, others
    {pool:percent}; {lost#lost deal|lost deals} of {n:number}.`,
  'enable.gap.product': `
    Loses {own:percent} ({low:least} to {high:most}) of its deals of {product}, others
    {pool:percent}; {lost#lost deal|lost deals} of {n:number}.`,
  'enable.noGap': 'No gap against the other partners in {n#decided deal|decided deals}.',
  'enable.need': '“{deal}” is new, and for {product} it holds no certificate ({certificate}).',
  'enable.asset': 'What helps: “{asset}”',
  'enable.noAsset': 'The playbook names no asset for it.',
  'enable.lift': `
    {asset}: used on {n#decided deal|decided deals}, whose win rate differs by {points:points} points
    ({fewest:points} to {most:points}) from the {usual:percent} of {all:number} others that had come
    as far. An association: assets are not handed out at random.`,
  'enable.lift.few': `
    {asset}: used on {n#decided deal|decided deals}, {all:number} others had come as far: too few to
    compare.`,
  'enable.certified': `
    Certificates, by difference in differences: with {n#partner|partners} the win rate changed by
    {points:points} points ({fewest:points} to {most:points}) beyond the change at {all:number}
    others.`,
  'enable.certified.few': `
    Certificates: {n#partner was certified|partners were certified} between quarters with deals,
    beside {all:number} others; too few to compare.`,
  'enable.noLift': `
    No activity says on which deal an asset was used, so assets cannot be compared: name the kinds
    of activity under “activities” of an asset in the playbook.`,
} as const;
