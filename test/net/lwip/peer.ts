/** lwIP as a child process, and its wire as a frame device: frames over file descriptor 3, no root and no TAP. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { FrameDevice } from '../../../firmware/hal/frame-device.js'
import { mac } from '../../../firmware/net/address.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const LENGTH_OCTETS = 2

/** What the peer is called; we are to be 10.77.0.1/24. */
export const PEER_ADDRESS = '10.77.0.2'
export const OUR_ADDRESS = '10.77.0.1/24'

/** The octet at a place of the stream that the peer sends and expects. */
export function peerPattern(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, i) => {
    const place = from + i
    return (place * 7 + (place >>> 8) * 13 + 65) & 0xff
  })
}

/** Fletcher's sum as the peer's sink takes it. */
export function fletcher(octets: Uint8Array): number {
  let a = 1
  let b = 0
  for (const octet of octets) {
    a = (a + octet) % 65_521
    b = (b + a) % 65_521
  }
  return b * 0x1_0000 + a
}

/** Compiles the peer into a folder. @returns its path */
export function buildPeer(folder: string): string {
  const program = join(folder, 'lwip-peer')
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-I/usr/include/lwip', '-llwip', '-lpthread']
  execFileSync('cc', [join(HERE, 'lwip-peer.c'), '-o', program, ...flags], { stdio: ['ignore', 'inherit', 'inherit'] })
  return program
}

/** Our end of the wire. */
export class PeerWire implements FrameDevice {
  readonly address = mac('02:00:00:00:77:01')
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  /** Lines that the peer printed. */
  readonly lines: string[] = []
  readonly #process: ChildProcess
  readonly #closed: Promise<void>
  readonly #wire: Duplex
  #held: Buffer = Buffer.alloc(0)
  #text = ''
  #waiting: (() => void)[] = []

  /** @param words octets its source sends; then, for a client, the port to connect to and how many octets to send there */
  constructor(program: string, ...words: readonly number[]) {
    this.#process = spawn(program, words.map(String), { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
    this.#closed = new Promise((resolve) => this.#process.once('close', () => resolve()))
    this.#wire = this.#process.stdio[3] as Duplex
    this.#wire.on('data', (octets: Buffer) => this.#take(octets))
    this.#wire.on('error', () => {}) // it ended; a test that still waits for it says so
    this.#process.stdout?.on('data', (octets: Buffer) => this.#print(octets.toString()))
  }

  send(frame: Uint8Array): boolean {
    const octets = new Uint8Array(LENGTH_OCTETS + frame.length)
    octets[0] = frame.length >> 8
    octets[1] = frame.length
    octets.set(frame, LENGTH_OCTETS)
    this.#wire.write(octets)
    return true
  }

  /** Resolves with the first line that matches, printed already or later. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line))
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }

  /** Ends the peer. Ending it twice is once. */
  async close(): Promise<void> {
    this.#process.kill()
    await this.#closed
  }

  #print(text: string): void {
    const lines = (this.#text + text).split('\n')
    this.#text = lines.pop() ?? ''
    this.lines.push(...lines)
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  #take(octets: Buffer): void {
    const all = this.#held.length === 0 ? octets : Buffer.concat([this.#held, octets])
    let at = 0
    while (all.length - at >= LENGTH_OCTETS) {
      const end = at + LENGTH_OCTETS + all.readUInt16BE(at)
      if (end > all.length) break
      const frame = all.subarray(at + LENGTH_OCTETS, end)
      at = end
      const more = all.length - at > LENGTH_OCTETS && all.length - at >= LENGTH_OCTETS + all.readUInt16BE(at)
      this.handleFrame?.(frame, more)
    }
    this.#held = all.subarray(at)
  }
}
