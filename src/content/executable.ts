/** How many of the first bytes {@link isProgram} wants to see. */
export const programHeadSize = 64;

/**
 * Whether a file that begins with these bytes is there to be run: a script (`#!`), an ELF or a Mach-O file, save for
 * those that are surely objects, libraries, symbols for a debugger or dumps. Windows needs no mode for its programs,
 * so they are not asked about.
 */
export function isProgram(head: Uint8Array): boolean {
  // Of many files each is asked about, and most begin as no program does.
  if (!firstBytes.has(head[0] ?? 0)) return false;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  return isScript(bytes) || isElfProgram(bytes) || isMachProgram(bytes) || isFatMach(bytes);
}

/** Of scripts, ELF and Mach-O files. */
const firstBytes: ReadonlySet<number> = new Set([0x23, 0x7f, 0xfe, 0xce, 0xcf, 0xca, 0xbe, 0xbf]);

/** `#!`; sources of Rust may begin with `#![`. */
function isScript(head: Buffer): boolean {
  return head[0] === 0x23 && head[1] === 0x21 && head[2] !== 0x5b;
}

/** The first bytes, and ET_REL, ET_DYN and ET_CORE of e_type, as System V's ABI numbers them in "ELF Header". */
const elf = { magic: 0x7f454c46, object: 1, shared: 3, core: 4 };

/** What is linked so that it may lie anywhere is a library where it has no entry point, a program where it has one. */
function isElfProgram(head: Buffer): boolean {
  if (head.length < 4 || head.readUInt32BE(0) !== elf.magic) return false;
  if (head.length < 32) return true;
  const [isWide, isBig] = [head[4] === 2, head[5] === 2];
  const type = isBig ? head.readUInt16BE(16) : head.readUInt16LE(16);
  const hasEntry = head.subarray(24, isWide ? 32 : 28).some((byte) => byte !== 0);
  return type === elf.shared ? hasEntry : type !== elf.object && type !== elf.core;
}

/** Of 32 and 64 bits (mach-o/loader.h). */
const machMagics: readonly number[] = [0xfeedface, 0xfeedfacf];

/** MH_OBJECT, MH_CORE, MH_DYLIB, MH_BUNDLE, MH_DYLIB_STUB, MH_DSYM and MH_KEXT_BUNDLE. */
const machOthers: readonly number[] = [1, 4, 6, 8, 9, 10, 11];

function isMachProgram(head: Buffer): boolean {
  if (head.length < 16) return false;
  if (machMagics.includes(head.readUInt32BE(0))) return !machOthers.includes(head.readUInt32BE(12));
  return machMagics.includes(head.readUInt32LE(0)) && !machOthers.includes(head.readUInt32LE(12));
}

/** Of 32 and 64 bits (mach-o/fat.h). */
const fatMagics: readonly number[] = [0xcafebabe, 0xcafebabf];

/** A Java class has the same magic, and its version, 45 or more, where this counts architectures. */
const leastClassVersion = 45;

function isFatMach(head: Buffer): boolean {
  if (head.length < 8) return false;
  if (fatMagics.includes(head.readUInt32BE(0))) return isCount(head.readUInt32BE(4));
  return fatMagics.includes(head.readUInt32LE(0)) && isCount(head.readUInt32LE(4));
}

function isCount(architectures: number): boolean {
  return architectures > 0 && architectures < leastClassVersion;
}
