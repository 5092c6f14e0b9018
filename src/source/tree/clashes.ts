import type { Problems } from '../../errors.ts';
import { spellPlatform } from '../../oci/platform.ts';
import { type FoundFile, pathOf } from './file.ts';

/** A folder that was read as a platform. */
export interface ReadFolder {
  /** As people are told it. */
  readonly shown: string;
  /** Whether it is called otherwise than Go calls the platform. */
  readonly isRenamed: boolean;
}

/** Two folders that were read as one platform, and a file that both have. */
interface Clash {
  readonly folders: readonly [string, string];
  readonly platform: string;
  readonly path: string;
}

/** Finds folders that were read as one platform and have files of the same name, such as linux-x64 and linux-musl-x64. */
export class Clashes {
  readonly #owners = new Map<string, ReadFolder>();
  readonly #found = new Map<string, Clash>();

  /** How many pairs of folders were found. */
  get count(): number {
    return this.#found.size;
  }

  /** Whether another folder has this file already. What is called by Go's names alone is not looked at. */
  find(file: FoundFile, folder: ReadFolder): boolean {
    const path = pathOf(file);
    const owner = this.#owners.get(path);
    if (!owner) this.#owners.set(path, folder);
    if (!owner || owner.shown === folder.shown || !(owner.isRenamed || folder.isRenamed)) return false;
    const folders = [owner.shown, folder.shown] as const;
    const key = folders.join('\n');
    if (!this.#found.has(key))
      this.#found.set(key, { folders, platform: spellPlatform(file.platform), path });
    return true;
  }

  /** A line for each pair. */
  tell(problems: Problems): void {
    for (const { folders, platform, path } of this.#found.values()) {
      const [one, other] = folders;
      problems.add(
        `${one} and ${other} are both read as ${platform}, and both have ${path}: leave one of them out by a line such as !${other}, and publish it by a run of its own under another name, or rename its files`,
      );
    }
  }
}
