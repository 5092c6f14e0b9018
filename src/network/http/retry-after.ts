const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  µs: 1e-3,
  μs: 1e-3,
  us: 1e-3,
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3_600e3,
};
const duration = '(?:\\d+(?:\\.\\d+)?(?:ns|us|µs|μs|ms|s|m|h))+';

/** What time it is where an answer comes from, in milliseconds since the epoch (RFC 9110, 6.6.1): our own clock may be wrong. */
export function serverTime({ header }: { header(name: string): string | undefined }): number {
  const date = Date.parse(header('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

/**
 * How long a registry asks to wait, in milliseconds: by its `Retry-After` (seconds or a date, RFC 9110, 10.2.3),
 * else by a duration of Go's in its message, as ghcr.io writes `retry-after: 10.3ms`.
 */
export function parseRetryAfter(
  header: string | undefined,
  message: string,
  now: number,
): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const date = text === '' ? Number.NaN : Date.parse(text);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const [, told] = new RegExp(`retry-after:\\s*(${duration})`, 'i').exec(message) ?? [];
  return told === undefined ? undefined : milliseconds(told);
}

function milliseconds(text: string): number {
  let sum = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-zµμ]+)/gi)) {
    sum += Number(amount) * (units[unit.toLowerCase()] ?? 0);
  }
  return sum;
}
