import * as core from '@actions/core';
import type { Cell, Summary, SummaryBlock } from '../commands/summary.ts';
import { messageOf } from '../errors.ts';
import { escapeHtml, printable } from '../progress/format.ts';
import { notesHtml } from '../release/page/notes.ts';
import { info } from './log.ts';

/** In bytes of UTF-8: GitHub shows no page of a step above 1 MiB, and a step may have more to tell. */
const mostBytes = 900_000;

/** In characters, of what stands in a block of GitHub's page. */
const longestLine = 100;

/** Writes the page that GitHub shows of a run. A release that is out does not fail for it: old runners have none. */
export async function writeSummary(summary: Summary | undefined): Promise<void> {
  if (!summary) return;
  try {
    await core.summary.addRaw(pageHtml(summary), true).write();
  } catch (failure) {
    info(`no job summary: ${messageOf(failure)}`);
  }
}

/** One block of HTML, as Markdown knows it: without an empty line, which would let Markdown begin. */
function pageHtml({ title, blocks }: Summary): string {
  const parts = [`<h2>${escaped(title)}</h2>\n`];
  let size = Buffer.byteLength(parts.join(''));
  for (const block of blocks) {
    const html = blockHtml(block);
    size += Buffer.byteLength(html);
    if (size > mostBytes) return `${parts.join('')}<p>The rest is too long for this page.</p>\n`;
    parts.push(html);
  }
  return parts.join('');
}

function blockHtml(block: SummaryBlock): string {
  if ('list' in block) {
    return `<ul>\n${block.list.map((item) => `<li>${item.map((cell) => cellHtml(cell)).join('')}</li>\n`).join('')}</ul>\n`;
  }
  if ('paragraph' in block) return `<p>${block.paragraph.map((cell) => cellHtml(cell)).join('')}</p>\n`;
  if ('notes' in block) return `${notesHtml(printableLines(block.notes)).text}\n`;
  if ('command' in block) return commandHtml(block.command);
  if ('title' in block) {
    const inner = block.blocks.map(blockHtml).join('');
    return `<details><summary>${escaped(block.title)}</summary>\n${inner}</details>\n`;
  }
  const rows = block.rows.map((cells) => rowHtml(cells, 'td')).join('');
  return `<table>\n${rowHtml(block.header, 'th')}${rows}</table>\n`;
}

/** Lines of text from outside. */
function printableLines(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}

/** A line that is longer than the page is wide stands in a paragraph, as nothing breaks it in a block. */
function commandHtml(command: string): string {
  if (command.length > longestLine) return `<p>${cellHtml({ code: command })}</p>\n`;
  return `<pre><code>${escaped(command)}</code></pre>\n`;
}

function rowHtml(cells: readonly Cell[], tag: string): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cellHtml(cell, breakable)}</${tag}>`).join('')}</tr>\n`;
}

function cellHtml(cell: Cell, html = escaped): string {
  if (typeof cell === 'string') return html(cell);
  if ('code' in cell) return `<code>${html(cell.code)}</code>`;
  return `<a href="${escaped(cell.url)}">${html(cell.text)}</a>`;
}

/**
 * Text in a table, whose cells get the width that they ask for, out of view if need be: long words may be broken, a
 * number and its unit may not.
 */
function breakable(text: string): string {
  if (text.length <= 10) return escaped(text).replaceAll(' ', '&nbsp;');
  const held = text.replaceAll(/(?<=\d) (?=[kMGT]?B\b)/g, '\u00a0');
  const words = held.split(/([ \t]+)/).map((word) => {
    const parts = word.length > 16 ? word.match(/[^/:@#_.-]{0,24}[/:@#_.-]*/gu) : undefined;
    return (parts ?? [word])
      .filter((part) => part !== '')
      .map(escaped)
      .join('<wbr>');
  });
  return words.join('');
}

/** Names of files, tags and platforms come from outside. */
function escaped(text: string): string {
  return escapeHtml(printable(text));
}
