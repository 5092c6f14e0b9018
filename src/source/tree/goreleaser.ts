import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { parseShallowJson } from '../../oci/shallow-json.ts';

/** The list that GoReleaser leaves in its `dist/`, and what else it writes there beside folders of programs. */
export const listName = 'artifacts.json';
export const otherNames: readonly string[] = ['config.yaml', 'metadata.json'];

/** A program that GoReleaser built. */
export interface ListedProgram {
  /** Parts of its path from where GoReleaser ran: `dist`, `app_linux_arm_6`, `app`. */
  readonly parts: readonly string[];
  readonly os: string;
  readonly architecture: string;
  /** As GOARM and the like say it, such as `6`; undefined where none of them does. */
  readonly variant: string | undefined;
}

/** In bytes: a list of thousands of artifacts is smaller. */
const largest = 4 * 1024 * 1024;

const text = v.fallback(v.optional(v.string()), undefined);
const entry = v.object({
  type: v.picklist(['Binary', 'Universal Binary']),
  path: v.string(),
  goos: v.string(),
  goarch: v.string(),
  goarm: text,
  goarm64: text,
  goamd64: text,
});

/**
 * The programs in the list at a path, each once; undefined where that is no list of GoReleaser's, and where it lists no
 * program.
 */
export async function readListedPrograms(path: string): Promise<ListedProgram[] | undefined> {
  await using file = await open(path);
  const { size } = await file.stat();
  const list = size > largest ? undefined : parse(await file.readFile('utf8'));
  if (!Array.isArray(list)) return undefined;
  const found = new Map<string, ListedProgram>();
  for (const item of list) {
    const { success, output } = v.safeParse(entry, item);
    if (!success) continue;
    const { path: where, goos: os, goarch: architecture, goarm, goarm64, goamd64 } = output;
    const variants = new Map([
      ['arm', goarm],
      ['arm64', goarm64],
      ['amd64', goamd64],
    ]);
    const parts = where.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
    found.set(parts.join('/'), { parts, os, architecture, variant: variants.get(architecture) || undefined });
  }
  return found.size > 0 ? [...found.values()] : undefined;
}

function parse(document: string): unknown {
  try {
    return parseShallowJson(document);
  } catch {
    return undefined;
  }
}
