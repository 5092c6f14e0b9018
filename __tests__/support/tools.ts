import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'vitest';

const needsRoot: readonly string[] = ['dockerd', 'containerd', 'podman', 'buildkitd'];
const howToGetThem = 'bash scripts/interop.sh';

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/** Where `scripts/interop.sh` puts what it builds. */
export const toolsDirectory = process.env.ALBA_TOOLS || join(cache, 'alba-interop');

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a tool: among those that `scripts/interop.sh` built, else on PATH. A path is one already. */
export function findTool(name: string): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [join(toolsDirectory, 'bin'), ...path, '/usr/sbin', '/sbin']
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** The path of a tool that has to be there. */
export function requireTool(name: string): string {
  const path = findTool(name);
  if (path) return path;
  throw new Error(`${name} is not installed: ${howToGetThem}`);
}

function lacking(tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => !findTool(tool));
  if (missing.length > 0) return `needs ${missing.join(', ')}: ${howToGetThem}`;
  const privileged = tools.filter((tool) => needsRoot.includes(tool));
  if (privileged.length > 0 && process.getuid?.() !== 0) return `needs root for ${privileged.join(', ')}`;
  return undefined;
}

function isRequired(): boolean {
  return process.env.ALBA_INTEROP === 'require';
}

/**
 * `describe`, skipped by its name where a tool is missing, as `npm cit` passes on any machine; with
 * ALBA_INTEROP=require, which CI sets, that is a failure.
 */
export function describeWith(tools: readonly string[], title: string, suite: () => void): void {
  const lack = lacking(tools);
  if (!lack) {
    describe(title, suite);
  } else if (isRequired()) {
    describe(title, () => {
      it('has its tools', () => {
        throw new Error(lack);
      });
    });
  } else {
    describe.skip(`${title} (${lack})`, suite);
  }
}

/** `it` with the rule of {@link describeWith}. */
export function itWith(
  tools: readonly string[],
  title: string,
  test: (context: TestContext) => unknown,
  timeout?: number,
): void {
  const lack = lacking(tools);
  if (!lack) {
    it(title, test, timeout);
  } else if (isRequired()) {
    it(title, () => {
      throw new Error(lack);
    });
  } else {
    it.skip(`${title} (${lack})`, test, timeout);
  }
}
