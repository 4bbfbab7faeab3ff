import type { CrmField, CrmType } from '../../../../src/model/connector.ts';

/** A described field with nothing special about it. */
export const field = (type: CrmType, nativeType: string = type, name = 'F__c'): CrmField => ({
  name,
  label: name,
  type,
  nativeType,
  required: false,
  createable: true,
  updateable: true,
  calculated: false,
  custom: true,
  filterable: true,
  length: null,
  precision: null,
  scale: null,
  options: [],
  optionsRestricted: false,
  referenceTo: [],
  relationshipName: null,
});
