import type { Page } from 'playwright-core';

/** The heading stands, and nothing is being waited for. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForSelector('.spinner:visible', { state: 'detached' });
};

/** What can be opened on a page is; of the rows of a table the first one stands for all. */
export async function openAll(page: Page): Promise<void> {
  const closed = page.locator(
    'main details:not([open], td details) > summary:visible, tr:first-child details:not([open]) > summary:visible',
  );
  for (let left = 12; left > 0 && (await closed.count()) > 0; left--) {
    await closed.first().click();
    await settled(page);
  }
}
