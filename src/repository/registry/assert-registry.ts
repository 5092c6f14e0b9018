import { AlbaError } from '../../errors.ts';
import { discard } from '../../network/http/http.ts';
import type { Client } from './client.ts';

/**
 * Throws a target error where a host says that it is no registry (distribution-spec 1.1, "Determining Support"). Whatever else it says of
 * who may come in, what was read there has told.
 */
export async function assertRegistry(client: Client, home: URL): Promise<void> {
  const call = { method: 'GET', to: new URL('/v2/', home), accept: [404] } as const;
  const response = await client.call(call).catch(() => undefined);
  if (!response) return;
  await discard(response);
  if (response.status !== 404) return;
  throw new AlbaError(
    'target',
    `${home.host} is no registry: it answered 404 to GET /v2/; is it the right host, and port?`,
  );
}
