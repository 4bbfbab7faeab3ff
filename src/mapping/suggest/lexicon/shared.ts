/** Phrases of fields that several entities have. */

/** Phrases of an entity's fields, the likeliest first. */
export type FieldPhrases = Readonly<Record<string, readonly string[]>>;

export const PARTNER_LOOKUP = [
  'partner',
  'reseller',
  'partner account',
  'channel partner',
  'distributor',
  'alliance',
  'dealer',
  'agency',
  'integrator',
  'affiliate',
  'account',
  'company',
  'organization',
  'member',
];
export const KIND = [
  'kind',
  'type',
  'category',
  'class',
  'activity',
  'subtype',
  'event',
  'action',
  'purpose',
  'name',
];
export const STATUS = ['status', 'phase', 'state', 'stage', 'approval status'];
export const SIDE = [
  'side',
  'party',
  'owner',
  'responsible',
  'responsible party',
  'owed by',
  'who',
  'accountable',
  'owner side',
  'committed by',
];
