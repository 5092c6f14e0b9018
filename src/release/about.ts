import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import type { TagManifest } from './documents.ts';

/** What a release tells of itself besides its files; readers that do not know it pass it over. */
export interface ReleaseAbout {
  /** When it was made, as RFC 3339. */
  readonly created?: string;
  /** What is new in it, as Markdown. */
  readonly notes?: string;
  /** Where its sources are. */
  readonly source?: string;
}

const text = v.exactOptional(v.string());
const schema = v.object({ created: text, notes: text, source: text });

/** In characters: a page shows it, and the document of a tag is read by every download. */
const mostNotes = 64 * 1024;

/** What the document of a tag tells of the release; nothing where that is not as it should be. */
export function aboutOf(manifest: TagManifest): ReleaseAbout {
  const found = v.safeParse(schema, manifest.about);
  return found.success ? found.output : {};
}

/**
 * The notes of a tag in a changelog: the section whose heading begins with its version (`## 1.2.3`, `## [v1.2.3] - 2026-11-28`).
 * All of the text where none of its headings begins with a version or "Unreleased"; an error where others do, and none with this version.
 */
export function notesFor(tag: string, changelog: string, origin: string): string {
  const versionIn = (line: string): string | undefined => /^##? *\[?v?(\d+\.\d[^\s\]]*)/i.exec(line)?.[1];
  const lines = changelog.replaceAll('\r\n', '\n').split('\n');
  const wanted = tag.replace(/^v(?=\d)/i, '');
  const begin = lines.findIndex((line) => versionIn(line) === wanted);
  const isChangelog = (line: string): boolean =>
    versionIn(line) !== undefined || /^##? *\[?unreleased\b/i.test(line);
  if (begin < 0 && lines.some(isChangelog)) {
    throw new AlbaError(
      'source',
      `${origin} is a changelog, and has no heading for ${tag}: expected "## ${wanted}"; write one, or give the notes of this release alone`,
    );
  }
  const rest = lines.slice(begin + 1);
  const depth = /^#+/.exec(lines[begin] ?? '')?.[0].length ?? 0;
  const end = rest.findIndex((line) => (/^#+(?= )/.exec(line)?.[0].length ?? 9) <= depth);
  const notes = (begin < 0 ? lines : rest.slice(0, end < 0 ? undefined : end)).join('\n').trim();
  if (notes === '')
    throw new AlbaError('source', `${origin} says nothing of ${tag}: write what is new in it`);
  if (notes.length <= mostNotes) return notes;
  throw new AlbaError('source', `${origin} says too much of ${tag}: ${mostNotes} characters are the most`);
}

/**
 * The document with what is told of the release. Where nothing is told now, what was stays as long as the files do; the
 * date is that of the files, and so stays with them, too.
 */
export function withAbout(
  manifest: TagManifest,
  published: TagManifest | undefined,
  told: ReleaseAbout | undefined,
  hasOtherFiles: boolean,
): TagManifest {
  const { about: _, ...rest } = manifest;
  const before = published && !hasOtherFiles ? aboutOf(published) : {};
  if (!told) return published?.about === undefined || !hasOtherFiles ? manifest : rest;
  const { notes, source } = told;
  const created = before.created ?? told.created;
  return {
    ...rest,
    about: { ...(created && { created }), ...(notes && { notes }), ...(source && { source }) },
  };
}
