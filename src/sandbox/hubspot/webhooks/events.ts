/** Portal events in the form of webhook payloads. */
import type { ObjectType, PortalEvent } from '../model/types.ts';

export interface Subscription {
  id: number;
  eventType: string;
  propertyName: string | null;
  targetUrl: string;
  active: boolean;
}
export interface WebhookItem {
  eventId: number;
  subscriptionId: number;
  portalId: number;
  appId: number;
  occurredAt: number;
  subscriptionType: string;
  attemptNumber: number;
  /** Not in association events of the newer form. */
  objectId?: number;
  changeSource: string;
  sourceId?: string;
  [more: string]: unknown;
}

const CHANGE_SOURCE: Record<string, string> = {
  CRM_UI: 'CRM_UI',
  INTEGRATION: 'INTEGRATION',
  IMPORT: 'IMPORT',
  CALCULATED: 'CALCULATED',
  MERGE_OBJECTS: 'MERGE_OBJECTS',
  AUTOMATION_PLATFORM: 'AUTOMATION_PLATFORM',
};

/**
 * Does a subscription ask for this event? Objects without event names of their
 * own are heard as `object.*`.
 */
export function wants(subscription: Subscription, event: PortalEvent, type: ObjectType): boolean {
  if (!subscription.active) return false;
  if (
    subscription.eventType !== subscriptionType(event, type) &&
    subscription.eventType !== `object.${event.kind}`
  )
    return false;
  return (
    event.kind !== 'propertyChange' ||
    subscription.propertyName === null ||
    subscription.propertyName === event.property
  );
}

function subscriptionType(event: PortalEvent, type: ObjectType): string {
  return `${type.eventName ?? 'object'}.${event.kind}`;
}

/**
 * One item of a payload. The newer form (`object.*`) names the kind of record in `objectTypeId`;
 * its association events have neither that nor `objectId`, and name both ends with their kinds
 * (https://developers.hubspot.com/docs/apps/legacy-apps/public-apps/create-generic-webhook-subscriptions).
 */
export function payloadOf(
  event: PortalEvent,
  subscription: Subscription,
  frame: { eventId: number; portalId: number; appId: number },
): WebhookItem {
  const generic = subscription.eventType.startsWith('object.');
  const record =
    generic && event.kind === 'associationChange'
      ? {
          fromObjectTypeId: event.typeId,
          toObjectTypeId: event.toTypeId,
          associationTypeId: event.associationTypeId,
          associationCategory: event.category,
        }
      : { objectId: Number(event.id), ...(generic ? { objectTypeId: event.typeId } : {}) };
  return {
    ...frame,
    subscriptionId: subscription.id,
    occurredAt: event.atMs,
    subscriptionType: subscription.eventType,
    attemptNumber: 0,
    ...record,
    ...details(event),
    changeSource: CHANGE_SOURCE[event.source.sourceType] ?? 'CRM',
    ...(event.source.sourceId === null ? {} : { sourceId: event.source.sourceId }),
  };
}

function details(event: PortalEvent): Record<string, unknown> {
  switch (event.kind) {
    case 'creation':
      return { changeFlag: 'CREATED' };
    case 'deletion':
      return { changeFlag: 'DELETED' };
    case 'privacyDeletion':
      return {};
    case 'restore':
      return { changeFlag: 'RESTORED' };
    case 'propertyChange':
      return { propertyName: event.property, propertyValue: event.value };
    case 'merge':
      return {
        primaryObjectId: Number(event.primaryId),
        mergedObjectIds: event.mergedIds.map(Number),
        newObjectId: Number(event.newId),
        numberOfPropertiesMoved: event.moved,
      };
    case 'associationChange':
      return {
        associationType: event.association,
        fromObjectId: Number(event.id),
        toObjectId: Number(event.toId),
        associationRemoved: event.removed,
        isPrimaryAssociation: event.primary,
      };
  }
}
