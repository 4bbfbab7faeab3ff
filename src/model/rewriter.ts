import * as z from 'zod';

/**
 * A language model that puts summaries in other words; part of the connection document, since its
 * key is a secret. Whoever gives none sends nothing to any.
 */
export const rewriterSchema = z
  .strictObject({
    url: z.string().describe('Chat completions over HTTP, such as https://…/v1/chat/completions'),
    model: z.string().min(1).max(200),
    secret: z
      .string()
      .min(1)
      .optional()
      .describe('A name under `secrets` of this document, sent as a bearer token'),
  })
  .optional();
export type Rewriter = NonNullable<z.infer<typeof rewriterSchema>>;

/** A summary in the words of the catalogue, and in other words where they hold what it says. */
export interface Reworded {
  sentences: string[];
  /** null = nobody was asked, or see `refused`. */
  rewritten: string | null;
  /** Why other words are not shown. */
  refused: string | null;
}
