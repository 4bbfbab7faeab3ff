import type { DeletedPage } from '../../src/model/connector.ts';

/**
 * HubSpot keeps no log of deletions. Its archive (90 days) comes with the pages of every read that asks for deleted rows, and merged-away records come with their winners;
 * purged records (privacy requests, the end of the 90 days) are in no list, so that only an audit of ids finds them. Hence always null.
 */
export const deleted = async (): Promise<DeletedPage | null> => null;
