import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vitest/config';

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** What nearly every command needs is one file, as each costs time to load; what is lazy in `src` stays so. */
const base = /[\\/]src[\\/](errors|oci|progress|concurrency|content|compression|source|image|cache)\b/;

const isAsked = (id: string): boolean => id.endsWith('/__tests__/support/bundled.ts');

/** Bundles the sources into a folder; returns the path of what is to run, and which files went into it. */
async function bundleInto(folder: string): Promise<{ path: string; modules: string[] }> {
  await using bundle = await rolldown({
    input: main,
    platform: 'node',
    checks: { ineffectiveDynamicImport: false },
    onwarn: (warning) => {
      throw new Error(`cannot bundle src: ${warning.message}`);
    },
  });
  const { output } = await bundle.write({
    dir: folder,
    codeSplitting: { groups: [{ name: 'base', test: base }] },
  });
  return {
    path: join(folder, 'main.js'),
    modules: output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])),
  };
}

/**
 * Lets tests start the sources as a bundle, which Node loads in less time than each file of them. It is made anew in
 * each run, when the first test file asks for it, and is gone at the end.
 */
export function bundleSources(): Plugin {
  const folders: string[] = [];
  return {
    name: 'bundle-sources',
    // Vitest keeps what it loaded for later runs; the path is of this one.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (isAsked(id) ? false : undefined)),
    async load(id) {
      if (process.env.ALBA_PROGRAM || !isAsked(id)) return undefined;
      const folder = await mkdtemp(join(tmpdir(), 'alba-bundle-'));
      folders.push(folder);
      const { path, modules } = await bundleInto(folder);
      for (const module of modules) this.addWatchFile(module);
      return `export const bundled = ${JSON.stringify(path)};`;
    },
    async closeBundle() {
      await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
