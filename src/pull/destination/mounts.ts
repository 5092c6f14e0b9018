import { readFileSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/** Whether something is mounted at a folder; its path is absolute and without links. Such a folder cannot be renamed. */
export function isMountPoint(path: string): boolean {
  if (mountPoints().has(path)) return true;
  const [own, above] = [statSync(path, { throwIfNoEntry: false }), statSync(dirname(path))];
  return own !== undefined && own.dev !== above.dev;
}

/** What is mounted somewhere below a folder: it would be renamed, and removed, with the folder. */
export function mountBelow(path: string): string | undefined {
  const start = path.endsWith(sep) ? path : `${path}${sep}`;
  return [...mountPoints()].find((point) => point !== path && point.startsWith(start));
}

/** proc_pid_mountinfo(5), field 5: also those of a folder on its own file system. None on other systems than Linux. */
function mountPoints(): ReadonlySet<string> {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    return new Set(lines.map((line) => unescapeOctal(line.split(' ')[4] ?? '')));
  } catch {
    return new Set();
  }
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
