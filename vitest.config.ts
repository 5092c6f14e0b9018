import { defineConfig } from 'vitest/config';
import { closingLine } from './__tests__/support/closing-line.ts';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', closingLine],
  },
});
