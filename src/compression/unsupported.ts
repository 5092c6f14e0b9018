/** How many of the first bytes {@link unsupportedCompression} wants to see. */
export const signatureSize = 10;

/** By the first bytes, in hex. */
const signatures: readonly (readonly [begins: RegExp, name: string])[] = [
  [/^fd377a585a00/, 'xz'],
  [/^425a683[1-9](?:314159265359|177245385090)/, 'bzip2'],
  [/^04224d18/, 'lz4'],
  [/^4c5a4950/, 'lzip'],
  [/^377abcaf271c/, '7-Zip'],
];

/** The name of a compression that is known by sight alone, by the first bytes; undefined for all else. */
export function unsupportedCompression(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head.subarray(0, signatureSize)).toString('hex');
  return signatures.find(([begins]) => begins.test(hex))?.[1];
}

/** The end of a sentence about what is compressed so. */
export function isUnsupported(compression: string): string {
  return `is compressed with ${compression}, which is not supported: use gzip, zstd or no compression`;
}
