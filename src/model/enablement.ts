/** What would help a partner sell, by what it loses: gaps, certificates that it needs, assets. */

/** What an asset went with on deals: an association, since assets are not handed out at random. */
export interface AssetLift {
  /** Id of the asset. */
  asset: string;
  /** Decided deals on which it was used, and wins among them. */
  n: number;
  won: number;
  /** Deals without it that had come to the same stages, and the share of them that was won. */
  others: number;
  usual: number;
  /** Share won with it less `usual`, with its 80% band; null = too few to say. */
  lift: { mean: number; low: number; high: number } | null;
}

export interface AssetChoice {
  id: string;
  title: string;
  url: string | null;
  language: string | null;
  form: string | null;
  lift: AssetLift | null;
}

/** Where a partner loses more of its deals than others. */
export interface SkillGap {
  by: 'stage' | 'product';
  of: string;
  /** What people call it. */
  label: string;
  /** Its decided deals that were there, and those lost. */
  n: number;
  lost: number;
  /** Share that it loses, leaning on the others', with its 80% band; and theirs. */
  own: number;
  low: number;
  high: number;
  pool: number;
  asset: AssetChoice | null;
}

/** A new deal of a product for which the partner holds no certificate. */
export interface CertificateNeed {
  dealId: string;
  product: string;
  /** Day of the registration. */
  since: string;
  certificate: string;
  asset: AssetChoice | null;
}

export interface Enablement {
  /** What costs it most deals first. */
  gaps: SkillGap[];
  needs: CertificateNeed[];
  /** Its decided deals. */
  decided: number;
}
