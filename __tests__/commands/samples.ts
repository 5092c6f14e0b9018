import type { Input } from '../../src/commands/input.ts';

/** A text that sets an input to something else than its default. */
export function sampleOf({ takes, choices, usual, ...input }: Input): string {
  if (takes === 'switch') return input.default === 'true' ? 'false' : 'true';
  return choices?.find((choice) => choice !== usual) ?? '7';
}
