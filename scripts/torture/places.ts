import { join } from 'node:path';
import type { Site, SiteKind } from '../../__tests__/retention/sites.ts';
import type { Order, Outcome, Torture } from './torture.ts';

/** The places of a torture that is done on sites: each is opened anew, and closed whatever happens. */
export function placesOf(
  kinds: Readonly<Record<string, SiteKind>>,
  run: (site: Site, order: Order, name: string) => Promise<Outcome>,
): Torture['places'] {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, { tools, open }]) => [
      name,
      {
        tools,
        async run(order: Order) {
          await using site = await open(join(order.folder, 'site'));
          return await run(site, order, name);
        },
      },
    ]),
  );
}
