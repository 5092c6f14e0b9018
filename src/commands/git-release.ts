import { once } from '../concurrency/once.ts';
import { defaultName, defaultTag } from '../oci/tag-rules.ts';
import type { Host } from './host.ts';

/** What a tag of git's gives a release that nobody names; told once when it is asked for. */
export interface GitNames {
  /** Name and tag; undefined where the run is for no tag of git's, a usage error where that is no version. */
  readonly release: () => ReturnType<typeof defaultTag>;
  /** The name alone. */
  readonly name: () => ReturnType<typeof defaultName>;
}

/** The names of this run; nothing is read before it is asked for. */
export function gitNames({ workflowRun: run, progress }: Pick<Host, 'workflowRun' | 'progress'>): GitNames {
  const tell = (given: string): void => progress.line(`no "tag" is given: ${run?.ref} gives ${given}`);
  return {
    release: once(() => {
      const found = run && defaultTag(run);
      if (found) tell(`${found.name}:${found.tag}`);
      return found;
    }),
    name: once(() => {
      const found = run && defaultName(run);
      if (found) tell(`the name ${found.name}`);
      return found;
    }),
  };
}
