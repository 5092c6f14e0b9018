import type { Report } from './command.ts';
import type { DeletionResult } from './deletion-result.ts';

/** How commands that delete tell of it. A run failed although some of it is done where the target did not delete all. */
export const deletionReport: Report<DeletionResult> = {
  schema: async () => (await import('./deletion-result.ts')).deletionResult,
  lines: async (result) => (await import('./deletion-report.ts')).deletionLines(result),
  outputs: {
    deleted: {
      about: 'what was deleted, or would be, one reference a line',
      of: ({ deleted }) => deleted.join('\n'),
    },
    kept: {
      about: 'what stays, one reference a line',
      of: ({ kept }) => kept.join('\n'),
    },
    'freed-bytes': {
      about: 'bytes of all that was deleted, or would be',
      of: ({ freedBytes }) => `${freedBytes}`,
    },
    plan: {
      about: 'what goes, what stays and why, tag by tag, as a JSON object',
      of: ({ repositories }) =>
        JSON.stringify(Object.fromEntries(repositories.map(({ reference, tags }) => [reference, tags]))),
    },
  },
  summary: async (result) => (await import('./deletion-report.ts')).deletionSummary(result),
  failure({ repositories }) {
    const refusals = repositories.flatMap((report) => report.refusals);
    return refusals.length > 0 ? refusals.join('\n') : undefined;
  },
};
