/** Builds sketches on the unmodified Arduino core of Debian (arduino-core-avr), for the Uno. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const AVR = '/usr/share/arduino/hardware/arduino/avr'
const CORE = join(AVR, 'cores/arduino')
const SPI = join(AVR, 'libraries/SPI/src')
const WIRE = join(AVR, 'libraries/Wire/src')
/** As platform.txt and boards.txt have them for an Uno. */
const FLAGS = [
  '-mmcu=atmega328p',
  '-DF_CPU=16000000L',
  '-DARDUINO=10819',
  '-DARDUINO_AVR_UNO',
  '-DARDUINO_ARCH_AVR',
  // The core asks for it in C++, where the float.h of Debian's gcc has it for C alone.
  '-DDECIMAL_DIG=__DECIMAL_DIG__',
  '-Os',
  '-w',
  '-ffunction-sections',
  '-fdata-sections',
  `-I${CORE}`,
  `-I${join(AVR, 'variants/standard')}`,
  `-I${SPI}`,
  `-I${WIRE}`,
  `-I${join(WIRE, 'utility')}`,
]
/** The core is the same for every sketch and every run: it is compiled once. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/linkpulse/', import.meta.url))

function run(command: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error !== undefined || status !== 0)
    throw new Error(
      `${command} failed: ${error?.message ?? stderr}\nOn Debian: apt-get install gcc-avr avr-libc arduino-core-avr`,
    )
}

const compilerOf = (path: string) => (path.endsWith('.cpp') ? 'avr-g++' : 'avr-gcc')
const dialect = (path: string) =>
  path.endsWith('.cpp') ? ['-std=gnu++11', '-fpermissive', '-fno-exceptions', '-fno-threadsafe-statics'] : []

function core(): string {
  const archive = join(CACHE, 'arduino-uno.a')
  if (existsSync(archive)) return archive
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'core-'))
  try {
    // Without USB, which an Uno does not have.
    const sources = readdirSync(CORE).filter((name) => /\.(c|cpp|S)$/.test(name) && !/USB|CDC/.test(name))
    const paths = [
      ...sources.map((name) => join(CORE, name)),
      join(SPI, 'SPI.cpp'),
      join(WIRE, 'Wire.cpp'),
      join(WIRE, 'utility/twi.c'),
    ]
    for (const path of paths)
      run(compilerOf(path), [...FLAGS, ...dialect(path), '-c', path, '-o', join(folder, `${basename(path)}.o`)])
    run('avr-ar', ['rcs', join(folder, 'core.a'), ...paths.map((path) => join(folder, `${basename(path)}.o`))])
    renameSync(join(folder, 'core.a'), archive)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return archive
}

/** Builds a sketch of `sketches/`. @returns the ELF file and the Intel HEX file */
export function buildSketch(
  name: string,
  flags: readonly string[] = [],
): { readonly elf: Uint8Array; readonly hex: string } {
  const source = fileURLToPath(new URL(`./sketches/${name}.cpp`, import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-arduino-'))
  try {
    const elf = join(folder, 'a.elf')
    const hex = join(folder, 'a.hex')
    run('avr-g++', [...FLAGS, ...dialect(source), ...flags, '-Wl,--gc-sections', source, core(), '-o', elf])
    run('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hex])
    return { elf: new Uint8Array(readFileSync(elf)), hex: readFileSync(hex, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
