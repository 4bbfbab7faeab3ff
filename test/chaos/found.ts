import type { Phase, Schedule } from './schedule.ts';

const QUIET: Phase = {
  advanceMs: 0,
  before: [],
  during: [],
  faults: [],
  death: null,
  stall: null,
  skewMs: 0,
  full: false,
  dryRun: false,
};

const schedule = (
  seed: number,
  crm: Schedule['crm'],
  phases: Partial<Phase>[],
  change: Partial<Schedule> = {},
): Schedule => ({
  seed,
  crm,
  pageRows: 2000,
  bulkFromRows: 10_000,
  renewable: false,
  dailyCalls: 100_000,
  callMs: 0,
  hubspot: { lagMs: 0, dated: false, newIdOnMerge: false, pageShrink: 0, showsLive: false },
  phases: phases.map((phase) => ({ ...QUIET, ...phase })),
  ...change,
});

/** What long campaigns found, shrunk; played again for good. */
export const FOUND: [string, Schedule][] = [
  [
    'a value that a person emptied is emptied once more',
    schedule(100150, 'hubspot', [
      {
        advanceMs: 525,
        during: [
          {
            call: 39,
            change: {
              mutation: { op: 'stage', pick: 0.5013476349413395, what: 902 },
              delayMs: 1_500_000,
            },
          },
        ],
      },
      {
        advanceMs: 661_091,
        before: [
          {
            mutation: { op: 'human', thing: 'deal', pick: 0.5513412044383585, what: 679 },
            delayMs: 0,
          },
        ],
      },
    ]),
  ],
  [
    'a record that was restored keeps the refusal of its absence',
    schedule(
      110274,
      'hubspot',
      [
        {
          advanceMs: 172_804_194,
          during: [
            {
              call: 35,
              change: {
                mutation: { op: 'edit', thing: 'activity', pick: 0.24431777163408697, what: 311 },
                delayMs: 7_200_000,
              },
            },
            {
              call: 43,
              change: {
                mutation: { op: 'remove', thing: 'deal', pick: 0.6867297701537609, hard: false },
                delayMs: 0,
              },
            },
          ],
        },
        {
          advanceMs: 61_385,
          before: [
            { mutation: { op: 'undelete', pick: 0.3746006735600531 }, delayMs: 0 },
            { mutation: { op: 'stage', pick: 0.877793736057356, what: 698 }, delayMs: 0 },
          ],
        },
      ],
      {
        callMs: 40,
        hubspot: {
          lagMs: 20_000,
          dated: false,
          newIdOnMerge: false,
          pageShrink: 0,
          showsLive: false,
        },
      },
    ),
  ],
  [
    'what is known to be dead counts among what an audit misses',
    schedule(
      112361,
      'salesforce',
      [
        {
          advanceMs: 4_200_839,
          before: [
            {
              mutation: { op: 'edit', thing: 'deal', pick: 0.5108749710489064, what: 44 },
              delayMs: 0,
            },
            {
              mutation: { op: 'remove', thing: 'deal', pick: 0.12202226161025465, hard: false },
              delayMs: 0,
            },
          ],
        },
        {
          advanceMs: 4_202_385,
          during: [
            {
              call: 32,
              change: {
                mutation: { op: 'remove', thing: 'deal', pick: 0.4670803127810359, hard: false },
                delayMs: 0,
              },
            },
            {
              call: 16,
              change: {
                mutation: { op: 'edit', thing: 'deal', pick: 0.2355976621620357, what: 890 },
                delayMs: 0,
              },
            },
          ],
        },
        { advanceMs: 1_728_000_545 },
      ],
      { pageRows: 4, callMs: 400 },
    ),
  ],
  [
    'a text that is not taken back while its number cannot be',
    schedule(
      117790,
      'hubspot',
      [
        {
          advanceMs: 63_592,
          before: [{ mutation: { op: 'stage', pick: 0.6466879125218838, what: 601 }, delayMs: 0 }],
        },
        {
          advanceMs: 1217,
          faults: [
            { kind: 'lock', nth: 2, share: 0.42405266291461885 },
            { kind: 'lock', nth: 1, share: 0.7562403052579612 },
          ],
        },
      ],
      { callMs: 40 },
    ),
  ],
  [
    'a merge loser out of the bin still stands for the winner',
    schedule(
      102413,
      'salesforce',
      [
        {
          advanceMs: 172_804_540,
          before: [
            { mutation: { op: 'undelete', pick: 0.0790713073220104 }, delayMs: 30_000 },
            {
              mutation: { op: 'merge', pick: 0.17162810475565493, other: 0.07511055516079068 },
              delayMs: 0,
            },
          ],
        },
        {
          advanceMs: 2688,
          before: [
            {
              mutation: { op: 'add', thing: 'role', pick: 0.021768768317997456, what: 18 },
              delayMs: 0,
            },
          ],
        },
      ],
      { callMs: 1500 },
    ),
  ],
  [
    'a schema that moved under a dead run, behind a lease of the future',
    schedule(
      103940,
      'hubspot',
      [
        { advanceMs: 1102, death: { at: 'batch', n: 90, after: true }, skewMs: 3_600_000 },
        { advanceMs: 8984, before: [{ mutation: { op: 'field', what: 268 }, delayMs: 0 }] },
      ],
      { callMs: 40 },
    ),
  ],
  [
    'a write that is led on to the winner of an unseen merge',
    schedule(
      105404,
      'hubspot',
      [
        { advanceMs: 86_401_642 },
        {
          advanceMs: 9040,
          during: [
            {
              call: 2,
              change: {
                mutation: { op: 'merge', pick: 0.11303708259947598, other: 0.16520755062811077 },
                delayMs: 7_200_000,
              },
            },
          ],
        },
      ],
      { callMs: 400 },
    ),
  ],
  [
    'a pass that is taken up a day later vouches for pages of the day before',
    schedule(
      107126,
      'hubspot',
      [
        {
          advanceMs: 172_801_910,
          before: [{ mutation: { op: 'retype', pick: 0.5865142247639596, what: 843 }, delayMs: 0 }],
        },
        {
          advanceMs: 4_202_711,
          before: [
            {
              mutation: { op: 'edit', thing: 'account', pick: 0.25787833402864635, what: 955 },
              delayMs: 0,
            },
          ],
          death: { at: 'page', n: 3, after: false },
        },
      ],
      {
        pageRows: 4,
        renewable: true,
        callMs: 40,
        hubspot: {
          lagMs: 20_000,
          dated: false,
          newIdOnMerge: false,
          pageShrink: 0,
          showsLive: false,
        },
      },
    ),
  ],
];
