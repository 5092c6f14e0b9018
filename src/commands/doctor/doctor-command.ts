import { AlbaError } from '../../errors.ts';
import { githubReleaseScheme } from '../../place/github-release.ts';
import type { Address } from '../../place/scheme.ts';
import { parseAddress } from '../../place/schemes.ts';
import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { flag } from '../kinds.ts';
import { lookedAt } from '../retention-inputs.ts';

/** What `doctor` is told. */
export const doctorInputs = {
  target: lookedAt(parseExamined),
  write: flag('try what a push does, too: little things of its own are written, and deleted', {
    more: 'Where they could not be deleted again nothing is published: uploads are begun and given up',
  }),
  connection,
};

/** `doctor`. */
export const doctorCommand = command({
  name: 'doctor',
  about: 'find out what a target can do, and what to do about what it cannot',
  inputs: doctorInputs,
  example: 'alba doctor --write docker://registry.example.org/app',
  report: {
    schema: async () => (await import('./doctor-result.ts')).doctorResult,
    lines: async (result) => (await import('./doctor-page.ts')).doctorLines(result),
    outputs: {},
    failure: ({ targets }) => {
      const unfit = targets.filter(({ lacks }) => lacks.length > 0);
      if (unfit.length === 0) return undefined;
      return unfit.map(({ url, lacks }) => `${url} cannot be published to: ${lacks.join(', ')}`).join('\n');
    },
    summary: async (result) => (await import('./doctor-page.ts')).doctorSummary(result),
  },
  run: async (values, host) => (await import('./doctor.ts')).doctor(values, host),
});

/** What names no repository is looked at as what it is to publish to: a web server that takes files in is more than what it serves. */
function parseExamined(text: string): Address {
  if (githubReleaseScheme.match(text)) {
    const { url } = parseAddress(text, 'files');
    throw new AlbaError('usage', `${url}: static push with dry-run tells what it would do there`);
  }
  const address = parseAddress(text, 'reference');
  return address.place ? address : parseAddress(text, 'target');
}
