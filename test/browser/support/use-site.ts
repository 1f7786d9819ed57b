import { Site } from './site';
import { Visitor } from './visitor';

/** What the tests of a file have in common. */
export interface SiteInUse {
  site: Site;
  /** Somebody with a browser of her own. */
  susan: Visitor;
}

/**
 * Opens the site before the first test of a file and closes it after the last; in between each test begins with no account
 * but susan's.
 *
 * @param prepare what susan does before each test
 */
export function useSite(prepare: (susan: Visitor) => Promise<unknown>): SiteInUse {
  const inUse = {} as SiteInUse;
  beforeAll(async () => {
    inUse.site = await Site.open();
  });
  beforeEach(async () => {
    inUse.susan = await inUse.site.visitor();
    await prepare(inUse.susan);
  });
  afterEach(() => inUse.site.reset());
  afterAll(() => inUse.site.close());
  return inUse;
}
