import * as core from '@actions/core';
import type { Progress } from '../content/progress.ts';

/** Groups in the log of a workflow. */
export function actionProgress(): Progress & { end(): void } {
  let isOpen = false;
  const end = (): void => {
    if (isOpen) core.endGroup();
    isOpen = false;
  };
  return {
    end,
    group(title) {
      end();
      core.startGroup(title);
      isOpen = true;
    },
    line: (text) => core.info(text),
    warn: (text) => core.warning(text),
    debug: (text) => core.debug(text),
    expect() {},
    advance() {},
  };
}
