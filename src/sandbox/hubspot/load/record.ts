/** What a thing of the world becomes, and what making it takes. */
import type { WorldEvent } from '../../world/events.ts';
import type { AssociationType, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import type { ChannelSchema } from './channel-schema.ts';

export interface NewLink {
  toTypeId: string;
  toId: string;
  kinds?: readonly AssociationType[];
}
export interface NewRecord {
  type: ObjectType;
  properties: Record<string, unknown>;
  links: NewLink[];
  ownerId: string | null;
}
export interface RecordContext {
  portal: Portal;
  schema: ChannelSchema;
  /** told on partners, so that nobody takes them for real */
  provenance: string;
  idOf(worldId: string): string;
}

export type Of<K extends WorldEvent['kind']> = Extract<WorldEvent, { kind: K }>;
