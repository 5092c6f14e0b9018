import * as v from 'valibot';
import { shownUrl } from '../../network/http/host.ts';
import { discard } from '../../network/http/http.ts';
import { parseJson } from '../../oci/manifest.ts';
import { isTag } from '../../oci/reference.ts';
import { isReferrersTag } from '../../oci/referrer.ts';
import type { Client } from './client.ts';
import { readPages } from './pages.ts';

const pageSchema = v.object({ tags: v.nullish(v.array(v.string()), []) });

/**
 * Every tag of a repository, those that stand for referrers, too, page after page (distribution-spec, "Listing Tags"). What is no tag by
 * the grammar is left out: it would ask for something else.
 */
export async function listAllTags(client: Client): Promise<string[]> {
  const call = { method: 'GET', to: 'tags/list?n=1000', accept: [404] } as const;
  const tags = await readPages(client, call, 'the tag list', (bytes, { request }) => {
    return parseJson(pageSchema, bytes, `the tag list at ${shownUrl(request.url)}`).tags;
  });
  return [...new Set(tags)].filter(isTag);
}

/** Whether there is a list of tags, be it empty. */
export function hasTagList(client: Client): Promise<boolean> {
  return client.retry(async () => {
    const response = await client.attempt({ method: 'GET', to: 'tags/list?n=1', accept: [404] });
    await discard(response);
    return response.status !== 404;
  });
}

/** Every tag of a repository that is no list of referrers. */
export async function listTags(client: Client): Promise<string[]> {
  return (await listAllTags(client)).filter((tag) => !isReferrersTag(tag));
}
