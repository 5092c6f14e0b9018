import type { Report } from './command.ts';
import { flag } from './kinds.ts';
import type { ListingResult } from './listing-result.ts';

/** Whether more than the tags is told. */
export const long = flag('tell digest, platforms, size and time of each tag, too', { short: 'l' });

/** How commands that list tell of it. */
export const listingReport: Report<ListingResult> = {
  schema: async () => (await import('./listing-result.ts')).listingResult,
  lines: async (result) => (await import('./listing-page.ts')).listingLines(result),
  outputs: {},
  summary: async (result) => (await import('./listing-page.ts')).listingSummary(result),
};
