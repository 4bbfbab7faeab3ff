/** A field Headwater wants in the CRM. `name` is the CRM's API name. */
export interface FieldSpec {
  object: string;
  name: string;
  label: string;
  type: 'number' | 'percent' | 'text' | 'longtext' | 'boolean' | 'date' | 'datetime' | 'picklist';
  precision?: number;
  scale?: number;
  length?: number;
  options?: string[];
  description: string;
}
