const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for people: `532 B`, `12.3 MB`, in powers of 1000, as download pages and browsers show them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
