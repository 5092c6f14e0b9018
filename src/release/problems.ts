import { AlbaError } from '../errors.ts';

const shown = 20;

/** What is wrong with the input: collected, so that all of it is told at once. */
export class Problems {
  readonly #found: string[] = [];

  add(problem: string): void {
    this.#found.push(problem);
  }

  throwIfAny(): void {
    const [first, ...others] = this.#found;
    if (first === undefined) return;
    if (others.length === 0) throw new AlbaError('source', first);
    const list = this.#found.slice(0, shown).map((problem) => `\n- ${problem}`);
    const rest = this.#found.length - list.length;
    throw new AlbaError(
      'source',
      `${this.#found.length} problems with the files to publish:${list.join('')}${rest > 0 ? `\n- and ${rest} more` : ''}`,
    );
  }
}
