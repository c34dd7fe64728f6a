import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../errors/errors.js'
import { type InputKind, readInput, readTextFile } from './input.js'

const KIND: InputKind = { what: 'script', limit: 200_000, remedy: 'give less' }
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-input-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function file(octets: number): string {
  writeFileSync(join(folder, 'file'), new Uint8Array(octets).fill(0x61))
  return join(folder, 'file')
}

describe('a file that is read', () => {
  it('comes whole, up to the limit of its kind', async () => {
    for (const octets of [0, 1, 65_536, 65_537, KIND.limit])
      expect(await readInput(file(octets), KIND)).toHaveLength(octets)
  })

  it('is refused one octet beyond it, with the limit, the path and the remedy', async () => {
    const path = file(KIND.limit + 1)
    await expect(readInput(path, KIND)).rejects.toThrow(
      `cannot read the script ${path}: it has 200001 octets, and no script has more than 200000; give less`,
    )
  })

  it('is text without its byte order mark', async () => {
    writeFileSync(join(folder, 'text'), '\ufeffé')
    expect(await readTextFile(join(folder, 'text'), KIND)).toBe('é')
  })

  it('is refused in words where it is none', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
    const refusals: readonly [string, RegExp][] = [
      [folder, /it is a directory/],
      [join(folder, 'socket'), /it is a socket/],
      [join(folder, 'none'), /there is no such file/],
      [join(file(1), 'x'), /is not a directory/],
      ['/dev/null', /it is a device, neither a file nor a pipe/],
    ]
    for (const [path, reason] of refusals) {
      const reading = readInput(path, KIND)
      await expect(reading).rejects.toBeInstanceOf(UsageError)
      await expect(reading).rejects.toThrow(reason)
      await expect(reading).rejects.toThrow(/^cannot read the script .*; give less$/)
    }
    server.close()
  })
})

describe.skipIf(process.platform === 'win32')('a pipe that is read', () => {
  const pipe = () => {
    const path = join(folder, 'pipe')
    spawnSync('mkfifo', [path])
    return path
  }

  it('waits for its writer, and comes whole', async () => {
    const path = pipe()
    const reading = readInput(path, KIND)
    const writer = openSync(path, 'w') // would wait for ever for a reader that is not there
    writeSync(writer, 'one')
    writeSync(writer, 'two')
    closeSync(writer)
    expect(new TextDecoder().decode(await reading)).toBe('onetwo')
  })

  it('is refused as soon as it is beyond the limit, while its writer still writes', async () => {
    const path = pipe()
    const reading = readInput(path, { ...KIND, limit: 5 })
    const writer = openSync(path, 'w')
    writeSync(writer, '123456')
    await expect(reading).rejects.toThrow(/pipe: it goes on, and no script has more than 5; give less/)
    closeSync(writer)
  })

  it('that nobody writes to is waited for until a signal', async () => {
    const control = new AbortController()
    const reading = readInput(pipe(), KIND, control.signal)
    const reason = new Error('enough')
    control.abort(reason)
    await expect(reading).rejects.toBe(reason)
    await expect(readInput(join(folder, 'pipe'), KIND, control.signal)).rejects.toBe(reason)
    await expect(readInput(file(3), KIND, control.signal)).rejects.toBe(reason)
  })
})
