/** A part of a pattern over letters. */
export type Pattern =
  | { readonly kind: 'letter'; readonly takes: LetterTest }
  /** Any number of such letters. */
  | { readonly kind: 'many'; readonly takes: LetterTest }
  /** Any number of names, each with a slash behind it. */
  | { readonly kind: 'folders' }
  | { readonly kind: 'either'; readonly of: readonly (readonly Pattern[])[] };

type LetterTest = (letter: string) => boolean;

/** A letter that is to come, or ways to go on without one. The last step has neither. */
interface Step {
  readonly takes?: LetterTest;
  next: number[];
}

/** What the letters so far may have led to. */
interface State {
  readonly steps: readonly number[];
  readonly isEnd: boolean;
  /** By the code of a letter. */
  readonly after: Map<number, State>;
}

const slash = 0x2f;

/** States that are kept at once: some patterns have more than memory has room for. */
const mostStates = 1_000;

/**
 * Matches paths with a pattern: in time that grows with a path and the pattern, whatever both are (Thompson, "Regular Expression
 * Search Algorithm", 1968), where JavaScript's own expressions may try each way of many.
 */
export class GlobAutomaton {
  readonly #steps: Step[] = [{ next: [] }];
  readonly #states = new Map<string, State>();
  readonly #first: readonly number[];

  constructor(pattern: readonly Pattern[]) {
    this.#first = [this.#addAll(pattern, 0)];
  }

  /** Whether a path matches, or one of the folders that it lies in. */
  takes(path: string): boolean {
    let state = this.#stateOf(this.#first);
    for (let at = 0; at < path.length; ) {
      const code = path.codePointAt(at) ?? 0;
      if (code === slash && state.isEnd) return true;
      if (state.steps.length === 0) return false;
      state = state.after.get(code) ?? this.#go(state, code);
      at += code > 0xffff ? 2 : 1;
    }
    return state.isEnd;
  }

  #go(state: State, code: number): State {
    const letter = String.fromCodePoint(code);
    const next = state.steps.flatMap((step) => {
      const { takes, next: behind = [] } = this.#steps[step] ?? {};
      return takes?.(letter) ? behind : [];
    });
    const reached = this.#stateOf(next);
    state.after.set(code, reached);
    return reached;
  }

  /** Of steps, with those that they lead to without a letter. */
  #stateOf(steps: readonly number[]): State {
    const found = new Set<number>();
    const ahead = [...steps];
    for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
      if (found.has(step)) continue;
      found.add(step);
      const { takes, next = [] } = this.#steps[step] ?? {};
      if (!takes) for (const one of next) ahead.push(one);
    }
    const key = [...found].sort((a, b) => a - b).join();
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= mostStates) {
      for (const { after } of this.#states.values()) after.clear();
      this.#states.clear();
    }
    const letters = [...found].filter((step) => this.#steps[step]?.takes);
    const state = { steps: letters, isEnd: found.has(0), after: new Map() };
    this.#states.set(key, state);
    return state;
  }

  #add(step: Step): number {
    return this.#steps.push(step) - 1;
  }

  /** Steps through all of these, and then to `next`; gives the first one. */
  #addAll(pattern: readonly Pattern[], next: number): number {
    return pattern.reduceRight((behind, part) => this.#addPart(part, behind), next);
  }

  #addPart(part: Pattern, next: number): number {
    if (part.kind === 'letter') return this.#add({ takes: part.takes, next: [next] });
    if (part.kind === 'either')
      return this.#add({ next: part.of.map((choice) => this.#addAll(choice, next)) });
    const fork: Step = { next: [next] };
    const first = this.#add(fork);
    if (part.kind === 'many') {
      fork.next.push(this.#add({ takes: part.takes, next: [first] }));
    } else {
      const name: Step = { takes: isNoSlash, next: [] };
      const letter = this.#add(name);
      name.next = [letter, this.#add({ takes: isSlash, next: [first] })];
      fork.next.push(letter);
    }
    return first;
  }
}

function isSlash(letter: string): boolean {
  return letter === '/';
}

/** Whether a letter belongs to a name. */
export function isNoSlash(letter: string): boolean {
  return letter !== '/';
}
