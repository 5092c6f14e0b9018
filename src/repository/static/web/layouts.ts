/** Ways in which a directory is served that is not served by alba. */
export const layouts = ['web', 'cloudflare-pages', 'github-pages'] as const;

/** One of them. */
export type Layout = (typeof layouts)[number];
