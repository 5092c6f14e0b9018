import type { ServerResponse } from 'node:http';
import { type Fake, startFake } from '../../__tests__/repository/registry/fake.ts';
import { judge } from './judge.ts';
import { addCounts, type Counts } from './target.ts';

/** Requests to one server: what never ends is a finding. */
const mostRequests = 500;
/** The password that a client of a hostile server has, which no error may hold. */
export const password = 'hush-hush';

/** A client of a server, and all that it may ask, one after the other. */
export interface Client {
  readonly asks: readonly (() => Promise<unknown>)[];
  close(): Promise<void>;
}

/** Has a client ask a server that answers so. Throws for what is no AlbaError, a password in one, or too many requests. */
export async function tryServer(
  answer: (response: ServerResponse) => void,
  open: (server: Fake) => Client,
): Promise<Counts> {
  await using server = await startFake((_, response) => answer(response));
  const client = open(server);
  const counts: Counts[] = [];
  try {
    for (const ask of client.asks) {
      const { refusal } = await judge(ask);
      counts.push(refusal ? { refused: 1 } : { answered: 1 });
      if (refusal?.message.includes(password)) throw new Error('an error has the password');
    }
  } finally {
    await client.close();
  }
  const requests = server.seen.length;
  if (requests > mostRequests) throw new Error(`there were ${requests} requests`);
  return addCounts(...counts, { requests });
}
