import { AlbaError } from '../../errors.ts';
import { parsePlatform } from '../../oci/platform.ts';
import { parseTagChoice } from '../../oci/tag-choice.ts';
import { copySourceForms, copyTargetForms, parseCopyPair } from '../../place/copy-ends.ts';
import { command } from '../command.ts';
import { connection, trustedEndpoints } from '../connection.ts';
import { each, flag, integer, lines, list, text } from '../kinds.ts';
import { pushOutputs } from '../push.ts';
import { jsonOutput } from './subject-inputs.ts';

/** What `container copy` is told. */
export const containerCopyInputs = {
  source: text('what to copy: a published image by tag or digest, or a repository for many tags', {
    word: 'source',
    forms: copySourceForms,
  }),
  target: lines('where to; without a tag it gets that of the source', {
    more: 'In a bucket or directory the name follows `#`',
    word: 'target',
    takesOne: true,
    forms: copyTargetForms,
    parse: oneTarget,
  }),
  pairs: lines('more to copy in the same run, a source and a target each, with a blank between', {
    singular: 'pair',
    placeholder: 'source target',
    parse: each(parseCopyPair),
  }),
  tags: lines('the tags to copy: patterns such as `v1.*`, or ranges of versions such as `>=1.2 <2`', {
    more: 'One that matches nothing is an error',
    placeholder: 'pattern',
    parse: each(parseTagChoice),
  }),
  all: flag('copy every tag'),
  platforms: list('the platforms that are copied, such as `linux/amd64`', {
    more: 'All, if none is named, with every digest as it is. Fewer than there are make another index',
    placeholder: 'list',
    parse: each(parsePlatform),
  }),
  check: flag('compare the target with the source, tell what differs, and fail where anything does', {
    more: 'Nothing is written. On the command line the exit code is 1 then, and 2 where they cannot be compared',
  }),
  connection,
  concurrency: integer(
    'how many requests run at once at the target, at the most; what fits the work if not given',
    {
      least: 1,
      most: 64,
      placeholder: 'count',
    },
  ),
  'trusted-endpoints': trustedEndpoints(
    'servers that may be shown who we are although the source alone names them',
    'The source of a step may come from another job, and name any server; those of targets and `AWS_ENDPOINT_URL` may be shown it, too. What is typed on the command line is trusted',
  ),
  'dry-run': flag('say what would be copied, write nothing'),
};

/** `container copy`. */
export const containerCopyCommand = command({
  name: 'container copy',
  about: 'copy images from one place to another, with all that refers to them, digests unchanged',
  inputs: containerCopyInputs,
  example:
    "alba container copy docker://ghcr.io/org/app docker://registry.example.org/mirror/app --tags 'v1.*'",
  report: {
    schema: async () => (await import('./copy-result.ts')).containerCopyResult,
    lines: ({ copies, check }) =>
      copies.flatMap(({ target, tags, drift }) =>
        check ? drift.map(({ message }) => `${target}: ${message}`) : tags.map(({ reference }) => reference),
      ),
    outputs: {
      digest: {
        about: 'digest of what was copied; empty where that is not one',
        of: ({ digest }) => digest ?? '',
      },
      references: {
        about: 'what to pull, one a line, each with its digest',
        of: ({ copies }) => copies.flatMap(({ tags }) => tags.map(({ reference }) => reference)).join('\n'),
      },
      copied: {
        about: 'how many tags are new or moved; of a dry run, would be',
        of: ({ copies }) =>
          `${copies.flatMap(({ tags }) => tags.filter(({ state }) => state !== 'same')).length}`,
      },
      unchanged: {
        about: 'how many tags were as they should be',
        of: ({ copies }) =>
          `${copies.flatMap(({ tags }) => tags.filter(({ state }) => state === 'same')).length}`,
      },
      drift: {
        about: 'how many differences `check` found; empty where it could not compare',
        of: ({ copies }) => `${copies.flatMap(({ drift }) => drift).length}`,
      },
      'pushed-bytes': pushOutputs['pushed-bytes'],
      'skipped-bytes': pushOutputs['skipped-bytes'],
      metadata: jsonOutput,
    },
    difference: ({ copies }) => {
      const found = copies.flatMap(({ target, drift }) =>
        drift.map(({ message }) => `${target}: ${message}`),
      );
      if (found.length === 0) return undefined;
      return `${found.length === 1 ? 'a difference' : `${found.length} differences`} from the source: copy once more to mend what is missing`;
    },
    summary: async (result, took) => (await import('./copy-summary.ts')).containerCopySummary(result, took),
  },
  compares: ({ check }) => check,
  async run(values, host, follow) {
    const [{ containerCopy }, { containerCopyRequest }] = await Promise.all([
      import('./copy.ts'),
      import('./copy-request.ts'),
    ]);
    return containerCopy(containerCopyRequest(values, host), host.progress, follow);
  },
});

function oneTarget([target, ...others]: readonly string[]): string | undefined {
  if (others.length === 0) return target;
  throw new AlbaError('usage', `a copy has one target, not ${others.length + 1}: give the others in "pairs"`);
}
