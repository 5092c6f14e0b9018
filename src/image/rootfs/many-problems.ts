import { Problems } from '../../errors.ts';

/** More are not looked for: a hostile layer may have a million of them. */
const enough = 1000;

/** Problems of a source that end the search when there are enough. */
export class ManyProblems extends Problems {
  #count = 0;

  override add(problem: string): void {
    super.add(problem);
    this.#count += 1;
    if (this.#count >= enough) this.throwIfAny('source');
  }
}
