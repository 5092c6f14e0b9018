// What CHANGELOG.md says of a version, for the release of its tag: `node scripts/release-notes.ts v1.2.3`. Fails where
// package.json has another version, or the changelog nothing under that heading.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The text below `## 1.2.3` or `## 1.2.3 - 2026-11-28`, up to the next version. Throws where there is none. */
export function notesOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  const notes = section?.slice(section.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md says nothing under "## ${version}"`);
  return notes;
}

/** The version of a tag such as v1.2.3. Throws where it is not the one of package.json. */
export function versionOf(tag: string | undefined, manifest: string): string {
  const { version }: { version: string } = JSON.parse(manifest);
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, and package.json has version ${version}`);
  return version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const version = versionOf(process.argv[2], read('package.json'));
  console.log(notesOf(version, read('CHANGELOG.md')));
}
