/**
 * What a webhook leaves behind: read these ids again. Where the connection lives goes with it, so
 * that a queue's consumer needs no look-up.
 */
export interface HintMessage {
  database: string;
  connectionId: string;
  marks: { object: string; id: string }[];
  markedMs: number;
}
