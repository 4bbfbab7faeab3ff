import type { FieldSpec } from './field-spec.ts';
import type { Language } from './language/languages.ts';
import type { SetupStep } from './setup.ts';

/**
 * What a CRM needs so that its users see the results where they work: source files for the vendor's
 * own tool to deploy, made by the connector from what the mapping writes where.
 */

/** A field of the record, and the values of it that mean yes. */
export interface ClosingTest {
  field: string;
  is: string[];
}

/** How a record shows that it is closed, and won. */
export interface Closing {
  closed: ClosingTest;
  won: ClosingTest;
}

/** What the mapping writes into one object. */
export interface PackagedWrite {
  object: string;
  entity: 'partner' | 'deal';
  fields: { field: string; output: string; spec: FieldSpec }[];
  /** As the mapping reads it; absent where the CRM itself knows. */
  closing?: Closing | null;
}

export interface PackageRequest {
  writes: PackagedWrite[];
  /** ISO code of the currency that amounts are written in. */
  currency: string;
  /** Of what the card says beside the values. */
  language: Language;
  version: string;
}

export interface CrmPackage {
  /** Text of each file by its path below the package's folder, with `/`. */
  files: Map<string, string>;
  /** How it is deployed, and what is clicked afterwards. */
  steps: SetupStep[];
}

/** What the CRM says of a component that it did not take. */
export interface PackageFault {
  component: string;
  message: string;
}

/** Same request, same files. Errors: `config` for names that the CRM would refuse. */
export type Packager = (request: PackageRequest) => Promise<CrmPackage>;
