import * as v from 'valibot';
import { maxManifestSize, parseJson } from '../../oci/manifest.ts';
import type { Client } from './client.ts';
import { RegistryError } from './error.ts';
import { shownUrl, urlFrom } from './host.ts';
import { discard, type Response, readUpTo } from './http.ts';

const pageSchema = v.object({ tags: v.nullish(v.array(v.string()), []) });
const mostPages = 1_000;

/** Every tag of a repository, page after page (distribution-spec, "Listing Tags"); none where there is none. */
export async function listTags(client: Client): Promise<string[]> {
  const tags = new Set<string>();
  let next: string | URL | undefined = 'tags/list?n=1000';
  for (let page = 0; next !== undefined; page++) {
    if (page === mostPages) {
      throw new RegistryError(client.fault, `the tag list does not end after ${mostPages} pages`);
    }
    const { found, following } = await readPage(client, next);
    for (const tag of found) tags.add(tag);
    next = following;
  }
  return [...tags];
}

interface Page {
  readonly found: readonly string[];
  readonly following: URL | undefined;
}

function readPage(client: Client, to: string | URL): Promise<Page> {
  return client.retry(async () => {
    const response = await client.attempt({ method: 'GET', to, accept: [404] });
    if (response.status === 404) {
      await discard(response);
      return { found: [], following: undefined };
    }
    const bytes = await readUpTo(response, maxManifestSize, client.timeouts.body).catch((cause: unknown) => {
      throw client.failure(response, cause);
    });
    const { tags } = parseJson(pageSchema, bytes, `the tag list at ${shownUrl(response.request.url)}`);
    return { found: tags, following: nextPage(response) };
  });
}

/** RFC 8288, as the distribution spec uses it: `</v2/<name>/tags/list?last=…>; rel="next"`. */
function nextPage(response: Response): URL | undefined {
  const link = response.header('link') ?? '';
  const [, target] = /<([^>]*)>\s*;[^,<]*\brel="?next"?/i.exec(link) ?? [];
  return target === undefined ? undefined : urlFrom(response.request.url, target);
}
