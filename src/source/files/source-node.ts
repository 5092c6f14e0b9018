import type { SteadyFile } from '../../content/steady-file.ts';

/** A file, a link or an empty folder that was found below the folder of a platform; folders with something in them go without saying. */
export type SourceNode = {
  /** From that folder, with slashes. */
  readonly path: string;
  /** For messages. */
  readonly origin: string;
} & (
  | {
      readonly kind: 'file';
      readonly file: SteadyFile;
      /** Whether its mode says that it is a program. */
      readonly isExecutable: boolean;
      /** Equal for two names of one file in this folder; undefined for a file of one name. */
      readonly identity?: string;
    }
  | {
      readonly kind: 'link';
      /** Where it leads, as it is to be written unless it or that goes elsewhere. */
      readonly text: string;
      /** Where that is, from the folder of the platform. */
      readonly target: string;
    }
  | { readonly kind: 'folder' }
);
