import type { context } from '@actions/github';
import * as v from 'valibot';
import type { KnownAnnotation } from '../commands/known-annotations.ts';
import { AlbaError } from '../errors.ts';
import type { Annotations } from '../image/annotate.ts';
import { versionOf } from '../oci/tag-rules.ts';

/** What `@actions/github` knows of a workflow run. */
export type WorkflowContext = Pick<typeof context, 'payload' | 'sha' | 'ref' | 'serverUrl' | 'repo'>;

const payloadSchema = v.object({
  repository: v.nullish(
    v.object({
      description: v.nullish(v.string()),
      license: v.nullish(v.object({ spdx_id: v.nullish(v.string()) })),
    }),
  ),
  head_commit: v.nullish(v.object({ timestamp: v.pipe(v.string(), v.isoTimestamp()) })),
});

type Payload = v.InferOutput<typeof payloadSchema>;
type Source = (context: WorkflowContext, payload: Payload, now: Date) => string | null | undefined;

/** By the end of their keys, org.opencontainers.image.* (image-spec, annotations.md). */
const sources: Readonly<Record<KnownAnnotation, Source>> = {
  created: (_, { head_commit: commit }, now) => (commit ? new Date(commit.timestamp) : now).toISOString(),
  description: (_, { repository }) => repository?.description,
  licenses: (_, { repository }) => licenseOf(repository?.license?.spdx_id),
  revision: ({ sha }) => sha,
  source: urlOf,
  title: ({ repo }) => repo.repo,
  url: urlOf,
  version: ({ ref }) => versionOf(ref),
};

/** Loaded when it is asked for: with its client of GitHub's API it is larger than a push needs to wait for. */
export async function loadWorkflowContext(): Promise<WorkflowContext> {
  return (await import('@actions/github')).context;
}

/**
 * Annotations of a workflow run, by the ends of their keys. What the run does not know is left out; `created` is the
 * time of the head commit where the event has one, else `now`.
 */
export function contextAnnotations(
  names: readonly KnownAnnotation[],
  context: WorkflowContext,
  now: Date,
): Annotations {
  const payload = parsePayload(context.payload);
  const found = names.flatMap((name) => {
    const value = sources[name](context, payload, now);
    return value ? [[`org.opencontainers.image.${name}`, value] as const] : [];
  });
  return Object.fromEntries(found);
}

function parsePayload(payload: WorkflowContext['payload']): Payload {
  const result = v.safeParse(payloadSchema, payload);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = `the event of this workflow run (GITHUB_EVENT_PATH) is malformed at ${v.getDotPath(issue)}`;
  throw new AlbaError('source', `${where}: ${issue.message}`);
}

function urlOf({ serverUrl, repo }: WorkflowContext): string {
  return `${serverUrl}/${repo.owner}/${repo.repo}`;
}

/** GitHub names a licence that it does not recognise so. */
function licenseOf(id: string | null | undefined): string | null | undefined {
  return id === 'NOASSERTION' ? undefined : id;
}
