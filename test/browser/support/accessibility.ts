import { type Result, source } from 'axe-core';
import type { Page } from 'playwright-core';

const COLOR_SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

/** Run by the browser; whatever is right does not leave it, since that would take longer than finding it. */
const VIOLATIONS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`;

/** What axe finds wrong with a page, in both colour schemes, on a telephone and on a desk. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const found: string[] = [];
  for (const colorScheme of COLOR_SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const violations = await page.evaluate<Result[]>(VIOLATIONS);
      const places = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      found.push(...places.map((place) => `${colorScheme}, ${width} px: ${place}`));
    }
  }
  return found;
}
