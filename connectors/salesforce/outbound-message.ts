import type { OrgMarks } from '../../src/model/webhook.ts';
import { isId, to18 } from './ids.ts';

/**
 * Salesforce's Outbound Message
 * (https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_wsdl.htm).
 * Only three things are looked for, in text of bounded size, without an XML parser: no entity, no
 * DTD and no schema of a stranger is ever followed.
 */

/** Notifications in one message (same page). */
const MAX_NOTIFICATIONS = 100;

/** Organization, objects and ids of a message; null = it is none. */
export function parseOutboundMessage(xml: string): OrgMarks | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml) || !/<(?:\w+:)?notifications[\s>]/.test(xml)) return null;
  const orgId = /<OrganizationId>\s*([a-zA-Z0-9]{15,18})\s*<\/OrganizationId>/.exec(xml)?.[1];
  if (orgId === undefined || !isId(orgId)) return null;
  const parts = xml.split(/<Notification>/).slice(1);
  if (parts.length === 0 || parts.length > MAX_NOTIFICATIONS) return null;
  const marks = parts.map((part) => {
    const object = /<sObject\s[^>]{0,300}?type\s*=\s*["'](?:\w+:)?(\w{1,80})["']/.exec(part)?.[1];
    const id = /<(?:\w+:)?Id>\s*([a-zA-Z0-9]{15,18})\s*<\/(?:\w+:)?Id>/.exec(
      part.slice(Math.max(0, part.indexOf('<sObject'))),
    )?.[1];
    return object !== undefined && id !== undefined && isId(id) ? { object, id: to18(id) } : null;
  });
  // One that names no record must not cost the others, which would be sent again for a day.
  const named = marks.filter((mark) => mark !== null);
  if (named.length === 0) return null;
  return {
    orgId: to18(orgId),
    marks: [...new Map(named.map((mark) => [`${mark.object}/${mark.id}`, mark])).values()],
  };
}

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** What Salesforce takes for "arrived"; anything else is sent again for a day. */
export const ACKNOWLEDGED = envelope(
  '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>',
);
export const faultOf = (words: string): string =>
  envelope(
    `<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>${words.replace(/[<>&]/g, ' ')}</faultstring></soapenv:Fault>`,
  );
