/** Where a partner loses more deals than others, and what would help it. */
export const enable = {
  'enable.title': 'Skill gaps, certificates and assets',
  'enable.gap.stage': `
    Loses {own:percent} ({low:least} to {high:most}) of its deals in {stage}, others
    {pool:percent}; {lost#lost deal|lost deals} of {n:number}.`,
  'enable.gap.product': `
    Loses {own:percent} ({low:least} to {high:most}) of its deals of {product}, others
    {pool:percent}; {lost#lost deal|lost deals} of {n:number}.`,
  'enable.noGap':
    'No gap that {n#decided deal shows|decided deals show} beside the other partners.',
  'enable.need': '“{deal}” is new, and for {product} it holds no certificate ({certificate}).',
  'enable.asset': 'What helps: “{asset}”',
  'enable.noAsset': 'The playbook names no asset for it.',
  'enable.lift': `
    {asset}: of {n#decided deal|decided deals} with it, {points:points} points more were won
    ({fewest:points} to {most:points}) than of {all:number} others that had come as far
    ({usual:percent}). An association: nobody was given it by lot.`,
  'enable.lift.few': `
    {asset}: {n#decided deal|decided deals} with it beside {all:number} others, too few to compare.`,
  'enable.noLift': `
    No activity says on which deal an asset was used (activities of an asset in the playbook), so
    nothing is said of what assets go with.`,
} as const;
