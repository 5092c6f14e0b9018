import { describe, expect, it } from 'vitest';
import { draftRelease } from '../../src/release/draft.ts';
import { parseRelease } from '../../src/release/keys.ts';
import { publishTag } from '../../src/release/publish.ts';
import { sendFiles } from '../../src/release/send.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { snapshot } from '../interop/snapshot.ts';
import { albatros, publish, readFiles, writeTree } from './support.ts';

const temporary = useTemporary();

describe('a release without files', () => {
  it('is neither compared nor published, and leaves the one that is there', async () => {
    const directory = temporary.path;
    const storage = new FilesystemStorage(`${directory}/site`);
    const files = await readFiles(await writeTree(`${directory}/df`, albatros));
    await publish(storage, '1.0', files);
    const before = await snapshot([`${directory}/site`]);
    const release = parseRelease('albatros', '1.0');
    const refused = 'albatros:1.0 has no file: an empty release is not published';
    await expect(draftRelease(storage, release, [], silent)).rejects.toThrow(refused);
    const draft = await draftRelease(storage, release, files, silent);
    const { signal } = new AbortController();
    const options = { concurrency: 4, attachment: false, signal, progress: silent };
    const sent = await sendFiles(draft, options);
    await expect(publishTag({ ...sent, files: [], isThere: false }, options)).rejects.toThrow(refused);
    expect(await snapshot([`${directory}/site`])).toEqual(before);
  });
});
