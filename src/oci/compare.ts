/** The order of texts by their code units, so that no machine's locale matters. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
