/** flashrom is a client of the bridge: raw serprog through the pty, to a flash chip in place of the ENC28J60. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createAvrBench } from '../../boards/avr/bench.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { SPI_FLASH_OCTETS, SpiFlash } from '../../boards/chips/spi-flash.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { readImage } from '../../host/node/run/image.js'
import { serveBench } from '../../host/node/serial/served-board.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const image = await readImage(bundledImage(findBoard('uno')))

function flashromBench() {
  const bench = createAvrBench({ board: 'uno', seed: 1, image })
  const flash = new SpiFlash(bench.lab.clock)
  bench.board.replaceChip(flash)
  const served = serveBench(bench)
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-flashrom-'))
  closers.push(
    () => served.close(),
    () => rmSync(folder, { recursive: true, force: true }),
  )
  const flashrom = (...words: string[]) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn('flashrom', ['-p', `serprog:dev=${served.path}:1000000`, ...words])
      let output = ''
      const listen = (data: Buffer) => {
        output += data.toString()
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.on('error', (error) =>
        reject(new Error(`flashrom judges this test (${error.message}). On Debian: apt-get install flashrom`)),
      )
      child.on('close', () => resolve(output))
    })
  return { flash, folder, flashrom, bench }
}

describe('flashrom through the bridge firmware', () => {
  it('completes the serprog handshake, names the programmer, and finds the chip', async () => {
    const { flashrom } = flashromBench()
    const output = await flashrom()
    expect(output).toMatch(/serprog: Programmer name is ".+"/)
    expect(output).toMatch(/Found Winbond flash chip "W25X10" \(128 kB, SPI\) on serprog/)
  })

  it('reads, erases, writes and verifies it', async () => {
    const { flash, folder, flashrom } = flashromBench()
    const random = new SeededRandom(9)
    for (let i = 0; i < SPI_FLASH_OCTETS; i++) flash.memory[i] = random.below(256)
    const before = flash.memory.slice()
    const read = join(folder, 'read.bin')
    expect(await flashrom('-c', 'W25X10', '-r', read)).toMatch(/Reading flash\.\.\. done/)
    expect(new Uint8Array(readFileSync(read))).toEqual(before)

    // a new image for a quarter of the chip: flashrom erases the blocks that differ, and writes their pages
    const wanted = before.slice()
    for (let i = 0; i < SPI_FLASH_OCTETS / 4; i++) wanted[i] = random.below(256)
    const image = join(folder, 'write.bin')
    writeFileSync(image, wanted)
    const written = await flashrom('-c', 'W25X10', '-w', image)
    expect(written).toMatch(/VERIFIED/)
    expect(flash.memory).toEqual(wanted)
    expect(flash.executed.get(0x02)).toBeGreaterThanOrEqual(SPI_FLASH_OCTETS / 4 / 256)
  })
})
