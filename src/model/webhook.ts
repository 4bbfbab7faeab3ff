/**
 * What a CRM posts when records change. Its content is never believed: it says which ids to read
 * again, and of which org.
 */

export interface Delivery {
  method: string;
  /** As the CRM addressed it, whatever a proxy made of it. */
  url: string;
  header: (name: string) => string | null;
  body: string;
}

/** Records of one org to read again, named as the connector names them. */
export interface OrgMarks {
  orgId: string;
  marks: { object: string; id: string }[];
}

export type DeliveryReading =
  | {
      kind: 'marks';
      orgs: OrgMarks[];
      /**
       * A delivery that counts once: a text that it has alone, and how long it is remembered. Absent
       * where it may come again.
       */
      once?: { text: string; keptMs: number };
    }
  | { kind: 'unsigned' }
  /** It is not what this CRM posts. */
  | { kind: 'unreadable'; code: string; message: string };

/** How a CRM posts to `/webhooks/<connector>`, as its connector knows it. */
export interface ConnectorWebhook {
  /** A longer body is not read. */
  maxBytes: number;
  /**
   * What shows that the CRM sent it: a signature, which `read` checks with the secret, or the secret
   * itself as the last part of the address.
   */
  proof: 'signature' | 'address';
  /** An org that nobody has connected is refused; else its events are taken and left alone. */
  knownOrgsOnly: boolean;
  read(delivery: Delivery, secret: string, nowMs: number): Promise<DeliveryReading>;
  /** The answer in the CRM's own form, `fault` null when it was taken; JSON where absent. */
  answer?: (fault: string | null) => { type: string; body: string };
}
