import type { Output } from './command.ts';

/** What every pull comes to. */
interface Pulled {
  readonly digest: string;
  readonly path: string;
  readonly files?: number;
  readonly pulledBytes: number;
  readonly skippedBytes: number;
}

/** Outputs of commands that pull; each says what these hold. */
export function pullOutputs(
  about: Readonly<Record<'digest' | 'files' | 'pulled-bytes' | 'skipped-bytes', string>>,
): Record<string, Output<Pulled>> {
  return {
    digest: { about: about.digest, of: ({ digest }) => digest },
    path: { about: 'the destination', of: ({ path }) => path },
    files: { about: about.files, of: ({ files }) => `${files ?? ''}` },
    'pulled-bytes': { about: about['pulled-bytes'], of: ({ pulledBytes }) => `${pulledBytes}` },
    'skipped-bytes': { about: about['skipped-bytes'], of: ({ skippedBytes }) => `${skippedBytes}` },
    metadata: {
      about: 'all of it as a JSON object, whose keys docs/metadata.md tells',
      of: (result) => JSON.stringify(result),
    },
  };
}
