import { formatCount } from '../../progress/format.ts';
import type { LayerLine } from './layer-line.ts';

/** A sentence of one example, how many others there are, and the lines that they have to do with. */
type Sentence = (example: string, others: number, lines: string) => string;

/** What is told of once for the same lines, however many files it holds for. */
export class ToldTogether {
  readonly #sentence: Sentence;
  readonly #found = new Map<string, { readonly example: string; others: number }>();

  constructor(sentence: Sentence) {
    this.#sentence = sentence;
  }

  /** One more of what has to do with these lines. */
  note(lines: readonly string[], text: string): void {
    const key = [lines.slice(0, -1).join(', '), ...lines.slice(-1)].join(' and ');
    const found = this.#found.get(key);
    if (found) found.others += 1;
    else this.#found.set(key, { example: text, others: 0 });
  }

  /** A sentence each. */
  told(): string[] {
    return [...this.#found].map(([lines, { example, others }]) => this.#sentence(example, others, lines));
  }
}

/** A line as it was written. */
export function quoted(line: LayerLine | undefined): string {
  return line ? `"${line.text}"` : 'no line';
}

/** Of files that several lines take. */
export const takenBySeveral: Sentence = (example, others, lines) => {
  const [files, pronoun] =
    others > 0 ? [` and ${formatCount(others, 'other file')} are`, 'them'] : [' is', 'it'];
  return `${example}${files} taken by ${lines}: the last one has ${pronoun}`;
};

/** Of paths that a later layer has. */
export const hiddenByLater: Sentence = (example, others, lines) =>
  others > 0 ? `${example}; so it is with ${formatCount(others, 'other path')} of ${lines}` : example;
