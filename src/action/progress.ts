import * as core from '@actions/core';
import { printable } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { info } from './log.ts';

/** GitHub shows no more of a step; the others are lines of the log. */
const mostAnnotations = 10;

/** Groups in the log of a workflow. */
export function actionProgress(): Progress & { end(): void } {
  let isOpen = false;
  let annotations = 0;
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
    warn(text) {
      annotations += 1;
      if (annotations > mostAnnotations) info(`warning: ${text}`);
      else core.warning(printable(text));
    },
    debug: (text) => core.debug(printable(text)),
    expect() {},
    advance() {},
  };
}
