import { it } from 'vitest';

/** Adds what happens next; each chapter may stand on the ones before. */
type Then = (title: string, chapter: () => Promise<void>) => void;

/**
 * A world over its life: what comes later stands on what came before, so the whole of it is one
 * test, which passes alone and in any order of the others. A failure names its chapter.
 */
export function story(title: string): Then {
  const chapters: { title: string; chapter: () => Promise<void> }[] = [];
  it(title, async () => {
    for (const { title: name, chapter } of chapters)
      await chapter().catch((error: unknown) => {
        if (error instanceof Error) error.message = `${name}: ${error.message}`;
        throw error;
      });
  });
  return (name, chapter) => void chapters.push({ title: name, chapter });
}
