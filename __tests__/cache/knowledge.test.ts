import { describe, expect, it } from 'vitest';
import { Knowledge, type KnownImage, maxKnowledgeSize } from '../../src/cache/knowledge.ts';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';

const digest = (text: string): Digest => digestOf(Buffer.from(text));
const blob = (text: string) => ({
  mediaType: mediaTypes.oci.layer.gzip,
  digest: digest(text),
  size: text.length,
});
const image = (text: string): KnownImage => ({
  kind: 'loose',
  platform: { os: 'linux', architecture: 'amd64' },
  config: { ...blob(text), mediaType: mediaTypes.oci.config },
  layers: [{ diffId: digest(`${text} layer`), size: 1 }],
});

const start = Date.UTC(2030, 0, 1);
const onDay = (day: number, file?: Uint8Array): Knowledge => {
  const knowledge = new Knowledge(new Date(start + day * 86_400_000));
  if (file) expect(knowledge.read(file)).toBe(true);
  return knowledge;
};

/** Uses one archive of a file on a day, and writes the file anew. */
function use(
  day: number,
  file: Uint8Array,
  archive: string,
): { found: boolean; file: Buffer; isChanged: boolean } {
  const knowledge = onDay(day, file);
  const found = knowledge.archiveOf(digest(archive)) !== undefined;
  return { found, file: knowledge.format(), isChanged: knowledge.isChanged };
}

describe('knowledge', () => {
  it('comes back as it was, with nothing to save', () => {
    const knowledge = onDay(0);
    knowledge.learnArchive(digest('a'), { images: [image('a')] });
    knowledge.learnLayer(digest('layer'), 'gzip-6', blob('made'));
    expect(knowledge.isChanged).toBe(true);
    const again = onDay(0, knowledge.format());
    expect(again.archiveOf(digest('a'))).toEqual({ images: [image('a')] });
    expect(again.layerOf(digest('layer'), 'gzip-6')).toEqual(blob('made'));
    expect(again.layerOf(digest('layer'), 'gzip-9')).toBeUndefined();
    again.learnArchive(digest('a'), { images: [image('a')] });
    expect(again.isChanged).toBe(false);
  });

  it('forgets what was not used for 90 days, and notes a use once a week', () => {
    const knowledge = onDay(0);
    for (const name of ['a', 'b']) knowledge.learnArchive(digest(name), { images: [image(name)] });
    expect(use(6, knowledge.format(), 'a').isChanged).toBe(false);
    const used = use(60, knowledge.format(), 'a');
    expect(used.isChanged).toBe(true);
    const later = onDay(100, used.file).format();
    expect(use(100, later, 'a').found).toBe(true);
    expect(use(100, later, 'b').found).toBe(false);
  });

  it('takes a day to come for today', () => {
    const ahead = onDay(5_000);
    ahead.learnArchive(digest('a'), { images: [image('a')] });
    const back = onDay(0, ahead.format()).format();
    expect(use(100, onDay(100, back).format(), 'a').found).toBe(false);
  });

  it('stays under 1 MB, and keeps what was used last', () => {
    const old = onDay(0);
    for (let count = 0; count < 6_000; count += 1)
      old.learnArchive(digest(`old ${count}`), { images: [image(`${count}`)] });
    const file = old.format();
    expect(file.length).toBeLessThanOrEqual(maxKnowledgeSize);
    expect(file.length).toBeGreaterThan(maxKnowledgeSize / 4);
    const full = onDay(1, file);
    for (let count = 0; count < 1_000; count += 1)
      full.learnArchive(digest(`new ${count}`), { images: [image(`${count}`)] });
    const kept = onDay(1, full.format());
    expect(kept.archiveOf(digest('new 0'))).toBeDefined();
    expect(kept.archiveOf(digest('new 999'))).toBeDefined();
  });

  it('remembers no image that would fill it', () => {
    const knowledge = onDay(0);
    const layers = Array.from({ length: 2_000 }, (_, index) => ({ diffId: digest(`${index}`), size: 1 }));
    knowledge.learnArchive(digest('huge'), { images: [{ ...image('huge'), layers } as KnownImage] });
    expect(knowledge.archiveOf(digest('huge'))).toBeUndefined();
    expect(knowledge.isChanged).toBe(false);
  });
});
