/** Builds programs with avr-gcc for tests: assembler or C, from text or from a file, for the ATmega328P unless a flag names another part. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { parseImage } from '../../boards/avr/flash-image.js'

function run(command: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error !== undefined) {
    throw new Error(
      `${command} is needed for the AVR tests and could not be started (${error.message}). On Debian: apt-get install gcc-avr avr-libc binutils-avr`,
    )
  }
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`)
}

export interface Build {
  readonly image: FlashImage
  readonly elf: Uint8Array
  readonly hex: string
}

/** Links the sources (paths) into one image. */
export function build(sources: readonly string[], flags: readonly string[] = []): Build {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-avr-'))
  try {
    const elfPath = join(folder, 'a.elf')
    const hexPath = join(folder, 'a.hex')
    run('avr-gcc', [
      ...(flags.some((flag) => flag.startsWith('-mmcu=')) ? [] : ['-mmcu=atmega328p']),
      '-DF_CPU=16000000UL',
      '-Os',
      '-std=gnu11',
      '-Wall',
      ...flags,
      '-o',
      elfPath,
      ...sources,
    ])
    run('avr-objcopy', ['-O', 'ihex', '-j', '.text', '-j', '.data', elfPath, hexPath])
    const elf = new Uint8Array(readFileSync(elfPath))
    return { image: parseImage(elf), elf, hex: readFileSync(hexPath, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fromText(name: string, text: string, flags: readonly string[]): Build {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-avr-'))
  try {
    const path = join(folder, name)
    writeFileSync(path, text)
    return build([path], flags)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Assembles text that has the whole program from address 0 on; register names as in avr/io.h. */
export function assemble(text: string, flags: readonly string[] = []): FlashImage {
  const prelude = '#define __SFR_OFFSET 0\n#include <avr/io.h>\n'
  return fromText('program.S', `${prelude}${text}\n`, ['-nostartfiles', ...flags]).image
}

/** Compiles a C program. */
export function compile(text: string, flags: readonly string[] = []): Build {
  return fromText('program.c', text, flags)
}
