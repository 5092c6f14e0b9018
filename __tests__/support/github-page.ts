/** What of GitHub's style sheet decides where the text of a job summary comes to lie (`.markdown-body`, 2026). */
const style = `
  * { box-sizing: border-box; }
  body { margin: 0; }
  main { max-width: 980px; margin: 0 auto; padding: 16px; color: #1f2328; overflow-wrap: break-word;
    font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  h2 { margin: 0 0 16px; padding-bottom: .3em; font-size: 1.5em; border-bottom: 1px solid #d1d9e0b3; }
  p, ul, table, pre, details { margin: 0 0 16px; }
  ul { padding-left: 2em; }
  a { color: #0969da; }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid #d1d9e0; text-align: left; }
  tr:nth-child(2n) { background: #f6f8fa; }
  code { padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
    white-space: break-spaces; background: #818b981f; border-radius: 6px; }
  pre { padding: 16px; overflow: auto; font-size: 85%; line-height: 1.45; background: #f6f8fa; border-radius: 6px; }
  pre code { padding: 0; font-size: 100%; white-space: pre; overflow-wrap: normal; background: transparent; }`;

/** A job summary as GitHub shows it: one block of HTML, in which Markdown does not begin. */
export function githubPage(summary: string): string {
  if (/\n\s*\n/.test(summary.trim())) throw new Error('an empty line ends the block: Markdown would begin');
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${summary}</main>`;
}
