/** The other judge: runs programs under simavr, by a small program of our own linked with libsimavr. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** State after one instruction. */
export interface SimavrStep {
  /** Octet address of the next instruction. */
  readonly pc: number
  readonly cycles: number
  readonly sreg: number
  readonly sp: number
  readonly registers: Uint8Array
}

export interface SimavrTrace {
  readonly steps: readonly SimavrStep[]
  readonly sram: Uint8Array
  readonly flash: Uint8Array
}

const STEP_OCTETS = 44
let folder: string | undefined

function program(): string {
  if (folder !== undefined) return join(folder, 'simavr-trace')
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-simavr-'))
  const source = fileURLToPath(new URL('./simavr-trace.c', import.meta.url))
  const output = join(folder, 'simavr-trace')
  const { error, status, stderr } = spawnSync('cc', ['-O2', '-o', output, source, '-lsimavr'], { encoding: 'utf8' })
  if (error !== undefined || status !== 0) {
    folder = undefined
    throw new Error(
      `simavr judges these tests and its harness could not be built: ${error?.message ?? stderr}\nOn Debian: apt-get install gcc libsimavr-dev`,
    )
  }
  return output
}

function simavr(
  command: string,
  flash: Uint8Array,
  count: number,
  input?: Uint8Array,
  start = 0,
  part = 'atmega328p',
): Buffer {
  const path = join(mkdtempSync(join(tmpdir(), 'linkpulse-simavr-')), 'flash.bin')
  writeFileSync(path, flash)
  const { error, status, stdout, stderr } = spawnSync(program(), [command, path, String(count), String(start), part], {
    input: input ?? new Uint8Array(),
    maxBuffer: 1 << 30,
  })
  if (error !== undefined || status !== 0) throw new Error(`simavr: ${error?.message ?? stderr.toString()}`)
  return stdout
}

function stepAt(out: Buffer, at: number): SimavrStep {
  return {
    pc: out.readUInt32LE(at),
    cycles: out.readUInt32LE(at + 4),
    sreg: out[at + 8],
    sp: out.readUInt16LE(at + 9),
    registers: new Uint8Array(out.subarray(at + 12, at + 44)),
  }
}

/** The first `count` instructions from octet address `start` on. SRAM and flash are as much as an ATmega328P has. */
export function simavrSteps(flash: Uint8Array, count: number, start = 0, part?: string): SimavrTrace {
  const out = simavr('steps', flash, count, undefined, start, part)
  const steps: SimavrStep[] = []
  for (let i = 0; i < count; i++) {
    steps.push(stepAt(out, i * STEP_OCTETS))
  }
  const after = count * STEP_OCTETS
  return { steps, sram: out.subarray(after, after + 2048), flash: out.subarray(after + 2048, after + 2048 + 32768) }
}

/** One instruction at a place of a program, from a state that its seed makes (`scatter` in simavr-trace.c). */
export interface ScatteredPlace {
  /** Octet address. */
  readonly pc: number
  /** Not 0. */
  readonly seed: number
}

/** What each of the instructions did: `cycles` are its own, `sum` is over the RAM. */
export function simavrEach(
  flash: Uint8Array,
  places: readonly ScatteredPlace[],
  part: string,
): readonly (SimavrStep & { readonly sum: number })[] {
  const input = Buffer.alloc(places.length * 8)
  for (const [i, { pc, seed }] of places.entries()) {
    input.writeUInt32LE(pc, i * 8)
    input.writeUInt32LE(seed, i * 8 + 4)
  }
  const out = simavr('each', flash, places.length, input, 0, part)
  return places.map((_, i) => {
    const at = i * (STEP_OCTETS + 4)
    return { ...stepAt(out, at), sum: out.readUInt32LE(at + STEP_OCTETS) }
  })
}

/** What the program sends on its USART within `cycles`, fed `input` as fast as it takes it. */
export function simavrUart(flash: Uint8Array, cycles: number, input: Uint8Array): Uint8Array {
  return new Uint8Array(simavr('uart', flash, cycles, input))
}

/** As `simavrUart`, with the cycle at which each octet has come in. */
export function simavrSession(
  flash: Uint8Array,
  cycles: number,
  input: readonly { readonly cycle: number; readonly octet: number }[],
  part?: string,
): Uint8Array {
  const records = Buffer.alloc(input.length * 5)
  input.forEach(({ cycle, octet }, i) => {
    records.writeUInt32LE(cycle, i * 5)
    records[i * 5 + 4] = octet
  })
  return new Uint8Array(simavr('session', flash, cycles, records, 0, part))
}

/** Seconds that so many cycles take. */
export function simavrSeconds(flash: Uint8Array, cycles: number): number {
  return Number(simavr('speed', flash, cycles).toString())
}
