import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import type { DeclaredArtifact } from '../commands/declared-artifact.ts';
import { messageOf } from '../errors.ts';
import { digestOf } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';

/** What a runner takes of one job. */
const mostOfJob = 500;

/** What the runner says that earlier steps of the job declared. */
const listSchema = v.object({
  subjects: v.nullish(v.array(v.object({ name: v.string(), digest: v.string() }))),
});

/**
 * Names to the runner what was published, so that actions/attest needs no inputs to find it: `$GITHUB_ARTIFACTS`, which
 * runners have since 2.336. What the runner would fail the step for is left out with a warning, and so is everything
 * where its files are not as expected. Never throws, as all of it is out by now.
 */
export async function declareArtifacts(
  artifacts: readonly DeclaredArtifact[],
  { warn }: Pick<Progress, 'warn'>,
): Promise<void> {
  const { GITHUB_ARTIFACTS: file, GITHUB_ARTIFACTS_LIST: list } = process.env;
  if (!file) return;
  const tell = (what: string, why: string): void =>
    warn(`${what} is published, but not declared to actions/attest (GITHUB_ARTIFACTS): ${why}`);
  try {
    const declared = await readDeclared(list);
    for (const artifact of artifacts) {
      const { name, digest } = subjectOf(artifact);
      const problem = declared.has(name) ? clash(declared.get(name), digest) : roomFor(declared.size);
      if (problem) {
        tell(name, problem);
      } else if (!declared.has(name)) {
        await appendFile(file, `${await lineFor(artifact)}\n`);
        declared.set(name, digest);
      }
    }
  } catch (failure) {
    tell('the release', messageOf(failure));
  }
}

/** Digests by name; none where GitHub has not switched it on, whose list is empty. */
async function readDeclared(list: string | undefined): Promise<Map<string, string>> {
  const text = list ? await readFile(list, 'utf8') : '';
  if (text.trim() === '') return new Map();
  const { subjects } = v.parse(listSchema, JSON.parse(text));
  return new Map(subjects?.map(({ name, digest }) => [name, digest]));
}

/** How the runner names it. */
function subjectOf(artifact: DeclaredArtifact): { name: string; digest: string } {
  return 'digest' in artifact ? artifact : { name: artifact.fileName, digest: digestOf(artifact.content) };
}

function clash(known: string | undefined, digest: string): string | undefined {
  if (known === digest) return undefined;
  return `this job declared that name as ${known} before, this is ${digest}; name it in a step of its own, by subject-name and subject-digest`;
}

function roomFor(count: number): string | undefined {
  return count < mostOfJob ? undefined : `this job declared ${count} before, and runners take no more`;
}

/** The file has to be there when the step has ended: the runner hashes it then, and clears its folder after the job. */
async function lineFor(artifact: DeclaredArtifact): Promise<string> {
  if ('digest' in artifact) return `oci://${artifact.name}@${artifact.digest}`;
  const { RUNNER_TEMP: temporary } = process.env;
  if (!temporary) throw new Error('RUNNER_TEMP is not set');
  // A runner that meets such a line fails the step.
  if (/[=\r\n]/.test(temporary)) throw new Error(`runners take no path with a "=", such as ${temporary}`);
  const path = join(await mkdtemp(join(resolve(temporary), 'alba-')), artifact.fileName);
  await writeFile(path, artifact.content);
  return path;
}
