import type { Page } from 'playwright-core';

/** Stops that a page may have before what is looked for. */
const MOST_STOPS = 80;

interface Stop {
  name: string;
  /** Whether somebody who looks at the page sees where the focus is. */
  seen: boolean;
}

/**
 * What has the focus, by its visible words, and whether that shows. A dialog leads the focus on from
 * its end to its beginning in the next frame.
 */
const STOP = `(async () => {
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  const at = document.activeElement;
  const label = at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.width > 0;
  const top = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, 20) / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, 20) / 2)),
  );
  const free = top === null || at.contains(top) || top.contains(at);
  return {
    name: (label ?? '').trim(),
    seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && inView && free,
  };
})()`;

export const focused = async (page: Page): Promise<Stop> => (await page.evaluate(STOP)) as Stop;

/**
 * Presses Tab until what is so named has the focus; the stops on the way. Errors: it is never
 * reached, or a stop on the way cannot be seen.
 */
export async function tabTo(page: Page, name: RegExp): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop.seen) throw new Error(`the focus on "${stop.name}" cannot be seen`);
    stops.push(stop.name);
    if (name.test(stop.name)) return stops;
  }
  throw new Error(`${name} is not reached by Tab: ${stops.join(' | ')}`);
}
