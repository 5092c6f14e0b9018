import process from 'node:process';
import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';

/**
 * Ends a run with `N passed, N failed, N skipped` alone on the last line, for machines that look for it.
 * A file or suite that fails outside its tests counts as failed, too.
 */
export const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    const countErrors = (suite: TestModule | TestSuite) => {
      if (suite.errors().length > 0) counts.failed++;
    };
    for (const module of modules) {
      countErrors(module);
      for (const suite of module.children.allSuites()) countErrors(suite);
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    const { passed, failed, skipped, pending } = counts;
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped + pending} skipped\n`);
  },
};
