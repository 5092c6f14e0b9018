/** Names that may well mean one of Go's, for a person to confirm. Those that surely do are in oci/platform-aliases. */
const aliases: Readonly<Record<string, string>> = {
  mac: 'darwin',
  osx: 'darwin',
  win: 'windows',
  win32: 'windows',
  win64: 'windows',
  x64: 'amd64',
  x86: '386',
  x86_32: '386',
  armv8: 'arm64',
  riscv: 'riscv64',
  wasm32: 'wasm',
};

/** The known name that somebody meant: by another tool's name for it, else by the fewest typing errors. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const alias = aliases[lower];
  if (alias && known.includes(alias)) return alias;
  const [best] = known
    .map((name) => ({ name, errors: distance(lower, name) }))
    .sort((a, b) => a.errors - b.errors);
  return best && best.errors <= Math.max(1, Math.floor(best.name.length / 2)) ? best.name : undefined;
}

/** Levenshtein's: insertions, deletions and replacements that turn one text into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [i, letter] of [...a.slice(0, 32)].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[j + 1], row[j], next[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
