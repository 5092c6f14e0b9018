import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { KnownAnnotation } from '../commands/known-annotations.ts';
import { AlbaError, reasonOf, systemCode } from '../errors.ts';
import type { Annotations } from '../image/annotate.ts';
import { parseJson } from '../oci/manifest.ts';
import { versionOf } from '../oci/tag-rules.ts';

const eventSchema = v.object({
  repository: v.nullish(
    v.object({
      description: v.nullish(v.string()),
      license: v.nullish(v.object({ spdx_id: v.nullish(v.string()) })),
    }),
  ),
  head_commit: v.nullish(v.object({ timestamp: v.pipe(v.string(), v.isoTimestamp()) })),
});

/** What is known of a workflow run (docs.github.com, "Variables reference" and "Webhook events and payloads"). */
export interface WorkflowContext {
  readonly event: v.InferOutput<typeof eventSchema>;
  readonly sha: string | undefined;
  readonly ref: string;
  /** `https://github.com` */
  readonly server: string;
  /** `org/app` */
  readonly repository: string | undefined;
}

type Source = (context: WorkflowContext, now: Date) => string | null | undefined;

/** By the end of their keys, org.opencontainers.image.* (image-spec, annotations.md). */
const sources: Readonly<Record<KnownAnnotation, Source>> = {
  created: ({ event: { head_commit: commit } }, now) =>
    (commit ? new Date(commit.timestamp) : now).toISOString(),
  description: ({ event }) => event.repository?.description,
  licenses: ({ event }) => licenseOf(event.repository?.license?.spdx_id),
  revision: ({ sha }) => sha,
  source: urlOf,
  title: ({ repository }) => repository?.split('/')[1],
  url: urlOf,
  version: ({ ref }) => versionOf(ref),
};

/** What the runner tells of a workflow run, in the environment and in the file of its event; an AlbaError where that is none. */
export async function loadWorkflowContext(): Promise<WorkflowContext> {
  const { GITHUB_EVENT_PATH: path, GITHUB_SHA: sha, GITHUB_REF: ref = '' } = process.env;
  return {
    ...{ sha, ref, event: path ? await readEvent(path) : {} },
    server: process.env.GITHUB_SERVER_URL || 'https://github.com',
    repository: process.env.GITHUB_REPOSITORY,
  };
}

async function readEvent(path: string): Promise<WorkflowContext['event']> {
  const where = 'the event of this workflow run (GITHUB_EVENT_PATH)';
  const bytes = await readFile(path).catch((cause: unknown) => {
    // Runners besides GitHub's may write none.
    if (systemCode(cause) === 'ENOENT') return '{}';
    throw new AlbaError('source', `${where} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  return parseJson(eventSchema, bytes, where);
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
  const found = names.flatMap((name) => {
    const value = sources[name](context, now);
    return value ? [[`org.opencontainers.image.${name}`, value] as const] : [];
  });
  return Object.fromEntries(found);
}

function urlOf({ server, repository }: WorkflowContext): string | undefined {
  return repository && `${server}/${repository}`;
}

/** GitHub names a licence that it does not recognise so. */
function licenseOf(id: string | null | undefined): string | null | undefined {
  return id === 'NOASSERTION' ? undefined : id;
}
