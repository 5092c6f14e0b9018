import * as core from '@actions/core';
import { printable } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { info } from './log.ts';

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
    line: info,
    warn: (text) => core.warning(printable(text)),
    debug: (text) => core.debug(printable(text)),
    expect() {},
    advance() {},
  };
}
