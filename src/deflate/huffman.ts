/**
 * The lengths of the codes of a complete prefix code for symbols that come this often, none longer than
 * `limit` (RFC 1951 section 3.2.2). Two symbols have a code even where fewer come.
 */
export function codeLengths(frequencies: readonly number[], limit: number): number[] {
  let weights = withTwoSymbols(frequencies);
  for (;;) {
    const lengths = huffmanLengths(weights);
    if (Math.max(...lengths) <= limit) return lengths;
    weights = weights.map((weight) => Math.ceil(weight / 2));
  }
}

function withTwoSymbols(frequencies: readonly number[]): number[] {
  const weights = [...frequencies];
  for (let symbol = 0; weights.filter((weight) => weight > 0).length < 2; symbol++) weights[symbol] ||= 1;
  return weights;
}

interface Tree {
  readonly weight: number;
  readonly symbols: readonly number[];
}

/** Joins the two lightest trees until there is one; each join is a bit more for the symbols in them. */
function huffmanLengths(weights: readonly number[]): number[] {
  const lengths = weights.map(() => 0);
  const leaves: Tree[] = weights
    .map((weight, symbol) => ({ weight, symbols: [symbol] }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.weight - b.weight);
  const joined: Tree[] = [];
  const lightest = () => {
    const [leaf, tree] = [leaves[0], joined[0]];
    return (tree === undefined || (leaf && leaf.weight <= tree.weight) ? leaves : joined).shift();
  };
  for (;;) {
    const [a, b] = [lightest(), lightest()];
    if (a === undefined || b === undefined) return lengths;
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    joined.push({ weight: a.weight + b.weight, symbols });
  }
}

/** The codes that belong to these lengths, their first bit lowest, as they are written. */
export function codesOf(lengths: readonly number[]): number[] {
  const counts = new Array<number>(17).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const next = [0];
  for (let length = 1; length <= 16; length++) {
    next[length] = ((next[length - 1] ?? 0) + (counts[length - 1] ?? 0)) << 1;
  }
  return lengths.map((length) => {
    const code = next[length] ?? 0;
    next[length] = code + 1;
    return reversed(code, length);
  });
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}
