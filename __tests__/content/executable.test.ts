import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isProgram, programHeadSize } from '../../src/content/executable.ts';

/** The beginning of an ELF file: of 32 or 64 bits, with either end first. */
function elf(type: number, entry: number, { isWide = true, isBig = false } = {}): Buffer {
  const head = Buffer.alloc(programHeadSize);
  head.write('\x7fELF', 'latin1');
  head.writeUInt8(isWide ? 2 : 1, 4);
  head.writeUInt8(isBig ? 2 : 1, 5);
  if (isBig) head.writeUInt16BE(type, 16);
  else head.writeUInt16LE(type, 16);
  const at = isBig && isWide ? 28 : 24;
  if (isBig) head.writeUInt32BE(entry, at);
  else head.writeUInt32LE(entry, at);
  return head;
}

/** The beginning of a Mach-O file. */
function mach(magic: number, type: number): Buffer {
  const head = Buffer.alloc(programHeadSize);
  head.writeUInt32BE(magic);
  const isBig = magic === 0xfeedface || magic === 0xfeedfacf;
  if (isBig) head.writeUInt32BE(type, 12);
  else head.writeUInt32LE(type, 12);
  return head;
}

const words = (...numbers: number[]): Buffer => {
  const head = Buffer.alloc(programHeadSize);
  for (const [index, number] of numbers.entries()) head.writeUInt32BE(number, index * 4);
  return head;
};

describe('a program', () => {
  it.each([
    ['a script', Buffer.from('#!/bin/sh\n')],
    ['a script with a blank', Buffer.from('#! /usr/bin/env node')],
    ['ELF of 64 bits', elf(2, 0x401000)],
    ['ELF of 32 bits', elf(2, 0x8048000, { isWide: false })],
    ['ELF with the big end first', elf(2, 0x1000, { isBig: true })],
    ['ELF of 32 bits with the big end first', elf(2, 0x1000, { isWide: false, isBig: true })],
    ['ELF that may lie anywhere', elf(3, 0x1040)],
    ['ELF that may lie anywhere, the big end first', elf(3, 0x1040, { isBig: true })],
    ['ELF, cut off', Buffer.from('\x7fELF', 'latin1')],
    ['Mach-O of 64 bits', mach(0xcffaedfe, 2)],
    ['Mach-O of 32 bits', mach(0xcefaedfe, 2)],
    ['Mach-O of 64 bits with the big end first', mach(0xfeedfacf, 2)],
    ['Mach-O of 32 bits with the big end first', mach(0xfeedface, 2)],
    ['Mach-O for two architectures', words(0xcafebabe, 2)],
    ['Mach-O for two architectures with offsets of 64 bits', words(0xcafebabf, 2)],
    ['Mach-O for two architectures, the little end first', words(0xbebafeca, 0x02000000)],
    ['Mach-O for two architectures of 64 bits, the little end first', words(0xbfbafeca, 0x02000000)],
  ])('is %s', (_, head) => {
    expect(isProgram(head)).toBe(true);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('# A title')],
    ["a source of Rust's", Buffer.from('#![allow(unused)]')],
    ['an object', elf(1, 0)],
    ['a shared library', elf(3, 0)],
    ['a core', elf(4, 0)],
    ['an object for macOS', mach(0xcffaedfe, 1)],
    ['a library for macOS', mach(0xcffaedfe, 6)],
    ['symbols for a debugger of macOS', mach(0xcffaedfe, 10)],
    ['a class of Java', words(0xcafebabe, 65)],
    ['the oldest class of Java', words(0xcafebabe, 0x0003002d)],
    ['a program for Windows, which needs no mode', Buffer.from('MZ\x90\0')],
    ['zeros', Buffer.alloc(programHeadSize)],
  ])('is not %s', (_, head) => {
    expect(isProgram(head)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is what runs this test', async () => {
    await using file = await open(process.execPath);
    const { buffer } = await file.read(Buffer.alloc(programHeadSize), 0, programHeadSize, 0);
    expect(isProgram(buffer)).toBe(true);
  });
});
