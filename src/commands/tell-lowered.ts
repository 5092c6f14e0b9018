import type { Progress } from '../progress/progress.ts';

/** A name that was read, and how it was written where that is another text. */
interface Read {
  readonly name: string;
  readonly spelled?: string;
}

/** Says which names were written with capital letters, each once: what is published is called otherwise. */
export function tellLowered(names: readonly Read[], progress: Progress): void {
  const spelled = new Map(
    names.flatMap(({ name, spelled }) => (spelled === undefined ? [] : [[spelled, name]])),
  );
  for (const [text, name] of spelled) {
    progress.line(`${text} is read as ${name}: names of repositories are in lower case`);
  }
}
