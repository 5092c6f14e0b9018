/** Other names of Go's operating systems, in lower case. */
const otherSystems: ReadonlyMap<string, string> = new Map([['macos', 'darwin']]);

/** What the name of an architecture tells: Go's name for it and, where it says so, the variant; `''` for none at all. */
export type NamedArchitecture = readonly [architecture: string, variant?: string];

/**
 * Other names of Go's architectures, in lower case: those of containerd (platforms/database.go), of `uname -m`, and of
 * Debian's ports.
 */
const otherArchitectures: ReadonlyMap<string, NamedArchitecture> = new Map(
  Object.entries<NamedArchitecture>({
    i386: ['386', ''],
    i486: ['386', ''],
    i586: ['386', ''],
    i686: ['386', ''],
    x86_64: ['amd64'],
    'x86-64': ['amd64'],
    aarch64: ['arm64'],
    arm64v8: ['arm64'],
    armhf: ['arm', 'v7'],
    armel: ['arm', 'v6'],
    loongarch64: ['loong64'],
    mipsel: ['mipsle'],
    mips64el: ['mips64le'],
    powerpc64le: ['ppc64le'],
    ppc64el: ['ppc64le'],
  }),
);

/** `arm32v7` as Docker's official images are called, `armv7`, and `armv7l` as `uname -m` says. */
const numberedArm = /^arm(?:32)?v([5-7])(?:a|l|hf|hl|hnl|te|tel|tejl)?$/;

/** How a variant may be written, by architecture; the digit is what counts. */
const numberedVariants: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    arm: /^(?:arm)?v?([5-8])(?:\.0|l)?$/,
    arm64: /^(?:arm)?v?([89])(?:\.0)?$/,
    amd64: /^v?([1-4])$/,
  }),
);

/** Go's name of an operating system; an unknown one in lower case. */
export function normalizeOs(os: string): string {
  const name = os.toLowerCase();
  return otherSystems.get(name) ?? name;
}

/** What a name of an architecture tells; an unknown one in lower case. */
export function normalizeArchitecture(architecture: string): NamedArchitecture {
  const name = architecture.toLowerCase();
  const arm = numberedArm.exec(name)?.[1];
  return arm ? ['arm', `v${arm}`] : (otherArchitectures.get(name) ?? [name]);
}

/** A variant as the image spec writes it, of an architecture in Go's name; an unknown one in lower case. */
export function normalizeVariant(architecture: string, variant: string): string {
  const name = variant.toLowerCase();
  const number = numberedVariants.get(architecture)?.exec(name)?.[1];
  return number ? `v${number}` : name;
}
