/** What the engine says of a target in a review. */
export const targets = {
  'review.won': 'Won from {from:date} to {to:date}',
  'review.basis.amount': `
    {open:money} expected of open deals, {fresh:money} of new ones; odds from {n#past deal|past
    deals}`,
  'review.basis.pace': '{actual:figure} so far, {projected:figure} at its pace, goal {goal:figure}',
  'review.why.pace': 'at {p:percent} of its pace',
  'review.why.missing': '{n:figure} missing',
  'review.why.stalled': '{n#open deal has|open deals have} stalled ({sum:money})',
} as const;
