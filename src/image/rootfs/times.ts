/** Seconds since 1970 as Node's calls for times take them: what is a negative number is the present time to them, a Date is not. */
export function timeOf(seconds: number): number | Date {
  return seconds < 0 ? new Date(seconds * 1000) : seconds;
}
