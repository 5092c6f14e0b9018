import type { ReleasePlatform } from '../../source/tree/file.ts';

/** A curl line: what comes before and after the URL. */
export interface CurlLine {
  readonly before: string;
  readonly after: string;
}

/** Downloads a file into the current folder under its own name, whatever that name is. */
export function curlLine(path: string, platform: ReleasePlatform, executable: boolean): CurlLine {
  const name = shellWord(path.split('/').at(-1) ?? path);
  const isRunnable = executable && platform.os !== 'windows';
  return { before: `curl -fL -o ${name} `, after: isRunnable ? ` && chmod +x ${name}` : '' };
}

/** One word for a shell: a plain name as it is, so that it also suits Windows, any other in single quotes. */
export function shellWord(name: string): string {
  const safe = name.startsWith('-') ? `./${name}` : name;
  return /^[\w./:+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
