import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { bundleSources } from './__tests__/support/bundle-sources.ts';
import { closingLine } from './__tests__/support/closing-line.ts';

export default defineConfig({
  plugins: [bundleSources()],
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests wait for servers and processes most of the time; Vitest's own choice on two cores is one worker.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default', closingLine],
  },
});
