import { Html, html } from './html.ts';

/** In characters: a page is to be seen at once. */
const most = 4_000;

/**
 * Notes in Markdown as markup: paragraphs, lists, headings, code, links to the web. What else Markdown has stays as it is
 * written. All of it is escaped.
 */
export function notesHtml(notes: string): Html {
  const cut = notes.length > most ? `${notes.slice(0, most).replace(/\n[^\n]*$/, '')}\n\n…` : notes;
  const blocks = cut.split(/\n(?:[ \t]*\n)+|\n(?=#+ )|(?<=^#+ .*)\n/m).filter((block) => block.trim() !== '');
  return html`<div class="notes">${blocks.map(blockHtml)}</div>`;
}

function blockHtml(block: string): Html {
  const [, heading] = /^#+ +(.*)/.exec(block) ?? [];
  if (heading !== undefined) return html`<p><b>${inline(heading)}</b></p>`;
  const items = block.split(/\n(?=\s*[-*] )/);
  if (items.every((item) => /^\s*[-*] /.test(item))) {
    return html`<ul>${items.map((item) => html`<li>${inline(item.replace(/^\s*[-*] /, ''))}</li>`)}</ul>`;
  }
  return html`<p>${inline(block)}</p>`;
}

/** `code`, **strong**, *stressed*, and [links](https://…) of the web. */
function inline(text: string): Html {
  const parts = text.split(
    /(`[^`\n]+`|\*\*[^*\n]+\*\*|\*[^*\s][^*\n]*\*|\[[^\]\n]+\]\(https?:\/\/[^\s()<>"']+\))/,
  );
  return new Html(parts.map((part) => inlinePart(part).text).join(''));
}

function inlinePart(part: string): Html {
  if (/^`[^`]+`$/.test(part)) return html`<code>${part.slice(1, -1)}</code>`;
  if (/^\*[^*]+\*$/.test(part)) return html`<em>${part.slice(1, -1)}</em>`;
  if (/^\*\*[^*]+\*\*$/.test(part)) return html`<b>${part.slice(2, -2)}</b>`;
  const [, label, url] = /^\[([^\]]+)\]\((https?:[^)]+)\)$/.exec(part) ?? [];
  return url === undefined || label === undefined ? html`${part}` : html`<a href="${url}">${label}</a>`;
}
