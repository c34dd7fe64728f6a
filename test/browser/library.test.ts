/** The library's platform-free door is one: it bundles for a browser as it is, and works with what a browser has, and nothing of Node's. */
import { createContext, runInContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../host/check/types.js'
import { runChecks } from '../../host/index.js'
import { variation } from '../judge/variations.js'
import { bundleForBrowser } from './bundle.js'
import type { LIBRARY_DOORS } from './library.js'

/** What a page and a worker both have, and the library uses. */
const PLATFORM = {
  performance,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  MessageChannel,
  EventTarget,
  Event,
}

let linkpulse: typeof LIBRARY_DOORS

beforeAll(async () => {
  const context = createContext({ ...PLATFORM })
  runInContext(await bundleForBrowser('test/browser/library.ts'), context)
  linkpulse = context.linkpulse
})

/** As it is written down: objects of the two realms are not alike. */
const text = (value: unknown): string => JSON.stringify(value)

describe('the library, bundled for a browser', () => {
  variation('checks a simulated board, and says of it what it says in Node', async () => {
    const options = { seed: 5, faults: ['miso-open'], only: ['serial', 'spi'] } as const
    const there: Report = await linkpulse.library.runChecks('model:uno', options)
    expect(there.verdict).toBe('fail')
    expect(there.diagnosis[0]?.cause).toBe('miso-open')
    expect(text(there)).toBe(text(await runChecks('model:uno', options)))
  })

  it('runs a lab whose sockets are awaited', async () => {
    const lab = linkpulse.library.createLab({ seed: 7 })
    const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
    const peer = lab.addHost({ address: '192.168.7.1/24' })
    lab.connect(board.port, peer.port)
    const server = peer.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    const client = board.socket('ipv4', 'stream')
    const [accepted] = await Promise.all([server.accept(), client.connect({ address: '192.168.7.1', port: 7 })])
    await client.write('größer')
    expect(text([...(await accepted.readExactly(8))])).toBe(text([...Buffer.from('größer')]))
  })

  it('opens no real port, and says which door does', async () => {
    const refused = linkpulse.library.openTarget('/dev/ttyACM0').catch((error: Error) => error.message)
    expect(await refused).toMatch(/open it with openTarget of 'linkpulse\/node', or in a browser with openWebSerial/)
  })

  it('executes a compiled firmware only where it is given one', async () => {
    const refused = linkpulse.library.openTarget('avr:uno').catch((error: Error) => error.message)
    expect(await refused).toMatch(/was given none: give an `image`/)
  })
})
