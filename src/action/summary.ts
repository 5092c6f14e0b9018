import * as core from '@actions/core';
import type { Cell, Summary, SummaryBlock } from '../commands/summary.ts';
import { messageOf } from '../errors.ts';
import { escapeHtml, printable } from '../progress/format.ts';
import { info } from './log.ts';

/** Writes the page that GitHub shows of a run. A release that is out does not fail for it: old runners have none. */
export async function writeSummary({ title, blocks }: Summary): Promise<void> {
  try {
    const html = `<h2>${escaped(title)}</h2>\n${blocks.map(blockHtml).join('')}`;
    await core.summary.addRaw(html, true).write();
  } catch (failure) {
    info(`no job summary: ${messageOf(failure)}`);
  }
}

function blockHtml(block: SummaryBlock): string {
  if ('list' in block) {
    return `<ul>${block.list.map((item) => `<li>${cellHtml(item)}</li>`).join('')}</ul>\n`;
  }
  if ('paragraph' in block) return `<p>${block.paragraph.map(cellHtml).join('')}</p>\n`;
  const rows = block.rows.map((cells) => rowHtml(cells, 'td')).join('');
  return `<table>\n${rowHtml(block.header, 'th')}${rows}</table>\n`;
}

function rowHtml(cells: readonly Cell[], tag: string): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cellHtml(cell)}</${tag}>`).join('')}</tr>\n`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  if ('code' in cell) return `<code>${escaped(cell.code)}</code>`;
  return `<a href="${escaped(cell.url)}">${escaped(cell.text)}</a>`;
}

/** Names of files, tags and platforms come from outside. An empty line would let Markdown begin. */
function escaped(text: string): string {
  return escapeHtml(printable(text));
}
