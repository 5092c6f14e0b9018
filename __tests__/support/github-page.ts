/** What of GitHub's style sheet decides where the text of a job summary comes to lie (`.markdown-body`, 2026). */
const style = `
  :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #d1d9e0; --faint: #d1d9e0b3; --soft: #f6f8fa;
    --code: #818b981f; --link: #0969da; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --paper: #0d1117; --line: #3d444d; --faint: #3d444db3;
    --soft: #151b23; --code: #656c7633; --link: #4493f8; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--paper); }
  main { max-width: 980px; margin: 0 auto; padding: 16px; color: var(--ink); overflow-wrap: break-word;
    font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  h2 { margin: 0 0 16px; padding-bottom: .3em; font-size: 1.5em; border-bottom: 1px solid var(--faint); }
  p, ul, table, pre, details { margin: 0 0 16px; }
  ul { padding-left: 2em; }
  a { color: var(--link); }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid var(--line); text-align: left; }
  tr:nth-child(2n) { background: var(--soft); }
  code { padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
    white-space: break-spaces; background: var(--code); border-radius: 6px; }
  pre { padding: 16px; overflow: auto; font-size: 85%; line-height: 1.45; background: var(--soft); border-radius: 6px; }
  pre code { padding: 0; font-size: 100%; white-space: pre; overflow-wrap: normal; background: transparent; }`;

/** A job summary as GitHub shows it: one block of HTML, in which Markdown does not begin. */
export function githubPage(summary: string): string {
  if (/\n\s*\n/.test(summary.trim())) throw new Error('an empty line ends the block: Markdown would begin');
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${summary}</main>`;
}
