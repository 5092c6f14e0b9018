import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { parsed } from '../kinds.ts';
import { inspectPage } from './inspect-page.ts';
import { jsonOutput, parseSubject, platformInput, subjectEndpoints, subjectForms } from './subject-inputs.ts';

/** What `container inspect` is told. */
const containerInspectInputs = {
  source: parsed('what to look into', parseSubject, {
    more: subjectForms,
    needed: 'no source: name a reference or a path',
    word: 'reference',
  }),
  platform: platformInput,
  connection,
  'trusted-endpoints': subjectEndpoints,
};

/** `container inspect`. */
export const containerInspectCommand = command({
  name: 'container inspect',
  about: 'tell what a published image, an archive or a layout holds',
  inputs: containerInspectInputs,
  example: 'alba container inspect docker://ghcr.io/org/app:1.0',
  report: {
    schema: async () => (await import('./inspect-result.ts')).containerInspectResult,
    lines: inspectPage,
    outputs: {
      digest: { about: 'digest of what the source names', of: ({ digest = '' }) => digest },
      platforms: {
        about: 'JSON object: platform to manifest digest',
        of: ({ platforms }) => JSON.stringify(platforms),
      },
      metadata: jsonOutput,
    },
    failure: ({ problems }) => (problems.length > 0 ? problems.join('\n') : undefined),
    summary: async (result) => (await import('./inspect-summary.ts')).containerInspectSummary(result),
  },
  async run({ source, platform, ...servers }, host) {
    const [{ subjectContext }, { containerInspect }] = await Promise.all([
      import('./subject-context.ts'),
      import('./inspect.ts'),
    ]);
    return containerInspect(source, platform, subjectContext([source], servers, host));
  },
});
