import { AlbaError } from '../../errors.ts';
import { readUpTo } from '../../network/http/http.ts';
import type { Client } from './client.ts';
import { readSaid } from './said.ts';

/** In bytes and in ms: of an answer that tells of an error. */
const mostSaid = 64 * 1024;
const patience = 10_000;

/**
 * Throws a target error where a host says that it is no registry (distribution-spec 1.1, "Determining Support"). Who answers 404 in a
 * registry's words is one; whatever else it says of who may come in, what was read there has told.
 */
export async function assertRegistry(client: Client, home: URL): Promise<void> {
  const call = { method: 'GET', to: new URL('/v2/', home), accept: [404] } as const;
  const said = await client
    .call(call)
    .then(async (response) => ({
      status: response.status,
      body: await readUpTo(response, mostSaid, patience),
    }))
    .catch(() => undefined);
  if (said?.status !== 404 || readSaid(said.body.toString()).codes.length > 0) return;
  throw new AlbaError(
    'target',
    `${home.host} is no registry: it answered 404 to GET /v2/; is it the right host, and port?`,
  );
}
