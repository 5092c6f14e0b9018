import { AlbaError } from '../../errors.ts';
import type { NamedSubject } from '../../inspect/subject.ts';
import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { flag, lines } from '../kinds.ts';
import { parseEach } from '../problems.ts';
import { diffPage } from './diff-page.ts';
import { jsonOutput, parseSubject, platformInput, subjectEndpoints, subjectForms } from './subject-inputs.ts';

const twoNeeded = 'diff compares two: name what was before and what is after, a reference or a path each';

/** What `container diff` is told. */
const containerDiffInputs = {
  sources: lines('the two to compare, what was before and what is after', {
    more: subjectForms,
    needed: twoNeeded,
    word: 'reference',
    parse: parseTwo,
  }),
  platform: platformInput,
  'layers-only': flag('read no layers: tell of layers and settings, not of files'),
  'exit-code': flag('fail where the two differ', {
    more: 'Without it a difference is no failure. On the command line the exit code is 1, and 2 where they cannot be compared',
  }),
  connection,
  'trusted-endpoints': subjectEndpoints,
};

/** `container diff`. */
export const containerDiffCommand = command({
  name: 'container diff',
  about: 'tell how two images, archives or layouts differ: layers, files and settings by platform',
  inputs: containerDiffInputs,
  example: 'alba container diff docker://ghcr.io/org/app:1.0 docker://ghcr.io/org/app:1.1',
  report: {
    schema: async () => (await import('./diff-result.ts')).containerDiffResult,
    lines: diffPage,
    outputs: {
      differs: { about: '`true` where they differ, else `false`', of: ({ differs }) => `${differs}` },
      metadata: jsonOutput,
    },
    failure: ({ problems }) => (problems.length > 0 ? problems.join('\n') : undefined),
    difference: ({ differs, failsOnDifference, before, after }) =>
      differs && failsOnDifference ? `${before} and ${after} differ` : undefined,
    summary: async (result) => (await import('./diff-summary.ts')).containerDiffSummary(result),
  },
  compares: ({ exitCode }) => exitCode,
  async run(
    { sources: [before, after], platform: platforms, layersOnly, exitCode: failsOnDifference, ...servers },
    host,
  ) {
    const [{ subjectContext }, { containerDiff }] = await Promise.all([
      import('./subject-context.ts'),
      import('./diff.ts'),
    ]);
    const context = subjectContext([before, after], servers, host);
    return containerDiff({ before, after, platforms, layersOnly, failsOnDifference }, context);
  },
});

function parseTwo(items: readonly string[]): readonly [NamedSubject, NamedSubject] {
  const [before, after, ...more] = parseEach(items, parseSubject);
  if (before && after && more.length === 0) return [before, after];
  throw new AlbaError('usage', `${twoNeeded}; there are ${items.length}`);
}
