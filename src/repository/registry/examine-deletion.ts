import * as v from 'valibot';
import type { Digest } from '../../oci/digest.ts';
import { maxManifestSize, parseJson } from '../../oci/manifest.ts';
import type { Checked } from '../finding.ts';
import type { Client } from './client.ts';

/** How a registry says no (distribution-spec, "Error Codes"). */
const errorsSchema = v.looseObject({ errors: v.array(v.unknown()) });

/**
 * Whether manifests are deleted, asked of one that nobody has: that changes nothing, and is refused in another way by who
 * deletes nothing at all.
 */
export async function askToDelete(client: Client, registry: string, digest: Digest): Promise<Checked> {
  const to = `manifests/${digest}`;
  const response = await client.attempt({ method: 'DELETE', to, accept: [400, 404, 405, 501] });
  const body = await client.readUpTo(response, maxManifestSize);
  const { status } = response;
  if (status < 300 || (status === 404 && isRefusal(body))) return 'manifests, by their digest';
  if (status === 404) {
    const detail = 'answered 404 as any web server does, which says nothing of what is there';
    return { outcome: 'unknown', detail };
  }
  const allowed = response.header('allow') ?? '';
  if (status === 405 && /GET/.test(allowed) && !/PUT|POST|PATCH|DELETE/.test(allowed)) {
    const detail = `answered 405: it allows ${allowed} alone`;
    return {
      outcome: 'no',
      detail,
      remedy: 'publish to what it serves, such as file://./directory or s3://bucket',
    };
  }
  const remedy =
    registry === 'ghcr.io'
      ? 'alba container rm and gc delete there by GitHub’s packages API'
      : 'switch it on: of distribution REGISTRY_STORAGE_DELETE_ENABLED=true';
  return { outcome: 'no', detail: `answered ${status}`, remedy };
}

/** Whether an answer is what registries give, and not the page of any web server. */
function isRefusal(body: Buffer): boolean {
  try {
    return parseJson(errorsSchema, body, 'the answer').errors.length > 0;
  } catch {
    return false;
  }
}
