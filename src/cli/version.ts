import manifest from '../../package.json' with { type: 'json' };

/** The version of alba as package.json has it; the bundle has it inlined and reads no file for it. */
export const { version } = manifest;
