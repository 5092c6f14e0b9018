import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { detectCompression } from '../compression/detect.ts';
import type { LayerCapture } from '../compression/splice/layer-capture.ts';
import type { Splice } from '../compression/splice/splice.ts';
import { signatureSize, unsupportedCompression } from '../compression/unsupported.ts';
import type { Digest } from '../oci/digest.ts';
import type { ScannedFile } from './scanned.ts';

/** What one file comes to while it passes. */
export class FileReading {
  head: Buffer = Buffer.alloc(0);
  /** Whether its CRC-32 is wanted. */
  readonly #isPlain: boolean;
  readonly #capture: LayerCapture | undefined;
  readonly #hash = createHash('sha256');
  #crc32 = 0;

  constructor(isPlain: boolean, capture: LayerCapture | undefined) {
    this.#isPlain = isPlain;
    this.#capture = capture;
  }

  /** Takes the next bytes; true while the beginning of the file is still coming in. */
  take(chunk: Buffer): boolean {
    if (this.#capture) this.#capture.write(chunk);
    else this.#hash.update(chunk);
    if (this.#isPlain) this.#crc32 = crc32(chunk, this.#crc32);
    if (this.head.length >= signatureSize) return false;
    this.head = Buffer.concat([this.head, chunk.subarray(0, signatureSize)]);
    return true;
  }

  finish(): Pick<ScannedFile, 'digest' | 'crc32' | 'compression' | 'unsupported'> & {
    splice?: Splice | undefined;
  } {
    const compression = detectCompression(this.head);
    const unsupported = unsupportedCompression(this.head);
    const told = { compression, ...(unsupported && { unsupported }) };
    const captured = this.#capture?.finish();
    if (captured) return { digest: captured.diffId, ...told, splice: captured.splice };
    const digest: Digest = `sha256:${this.#hash.digest('hex')}`;
    return { digest, ...told, ...(this.#isPlain && { crc32: this.#crc32 }) };
  }
}
