import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { xmlFault } from '../../test/setup/xml.js'
import { type Look, lookOf, ON_PAPER } from '../drawing/look.js'
import { labWire } from '../network/lab-wire.js'
import { EN } from '../text/en.js'
import { Conversation } from './conversation.js'
import { ladderSvg } from './ladder-svg.js'

type Act = (wire: Awaited<ReturnType<typeof labWire>>) => Promise<void>

/** A conversation of the lab, drawn in several looks. */
async function drawn(act: Act, both = true, faults: readonly string[] = []): Promise<(look?: Look) => string> {
  const wire = await labWire(3, false, faults)
  const near = { name: 'near', stack: wire.stack, watch: wire.watches[0] }
  const conversation = new Conversation(() => wire.clock.now, near, both ? wire.far : undefined)
  await act(wire)
  conversation.end()
  await wire.close()
  const names = { near: 'this <end>', far: 'the board' }
  return (look = ON_PAPER) => ladderSvg(conversation, { title: 'a & b', names, bothWatched: both, words: EN, look })
}

const said: Act = async (wire) => {
  const socket = wire.stack.socket('ipv4', 'stream')
  socket.connect({ address: wire.boardAddress, port: 7 })
  await wire.until(() => socket.poll().writable || socket.poll().error, 60 * SECOND)
  socket.write(Uint8Array.of(72, 105))
  socket.shutdown('write')
  await wire.until(() => socket.read(new Uint8Array(10)) === 0, 400 * SECOND)
  socket.close()
  await wire.until(() => [...wire.board.tcp.connections].length === 0, 5 * SECOND)
}

const pinged: Act = async (wire) => {
  let over = false
  wire.stack.ping(wire.boardAddress, {}, () => {
    over = true
  })
  await wire.until(() => over)
}

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text.replace(/<[^>]*>/g, ''))
const titles = (svg: string): string[] => [...svg.matchAll(/<g><title>([^<]*)<\/title>/g)].map(([, text]) => text)
/** Arrows, or what is left of them: a line from end to end. */
const arrows = (svg: string): { from: [number, number]; to: [number, number] }[] =>
  [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/g)].map(([, ...at]) => {
    const [x1, y1, x2, y2] = at.map(Number)
    return { from: [x1, y1], to: [x2, y2] }
  })

describe('a ladder of two ends', () => {
  it('has the handshake with j and k, the states of both ends, and a title for each arrow', async () => {
    const svg = (await drawn(said))()
    expect(xmlFault(svg)).toBe('')
    const words = texts(svg)
    const j = Number(/j = (\d+) /.exec(words.join('\n'))![1])
    const k = Number(/k = (\d+) /.exec(words.join('\n'))![1])
    expect(words).toContain(`SEQ=${j} (j)`)
    expect(words).toContain(`SEQ=${k} (k)  ACK=${(j + 1) >>> 0} (j+1)`)
    expect(words).toContain(`SEQ=${(j + 1) >>> 0} (j+1)  ACK=${(k + 1) >>> 0} (k+1)`)
    for (const state of ['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'LAST-ACK', 'TIME-WAIT'])
      expect(words, state).toContain(state)
    expect(words).toContain('PSH, ACK  ·  2 octets')
    const told = titles(svg)
    const packets = told.filter((title) => / sent at /.test(title))
    expect(packets).toHaveLength(arrows(svg).length)
    expect(packets.find((title) => title.includes('CTL=SYN&gt;'))).toMatch(
      /^&lt;SEQ=\d+&gt;&lt;CTL=SYN&gt;.*; from 192\.168\.7\.1:\d+ to 192\.168\.7\.2:7, sent at 0\.\d{6} s; there at 0\.\d{6} s$/,
    )
    expect(told).toContain('this &lt;end&gt; is in SYN-SENT from 0.000000 s on')
  })

  it('runs downwards: every arrow falls, and what is sent later begins lower', async () => {
    const svg = (await drawn(said))()
    const leaves: Record<number, number> = {}
    for (const { from, to } of arrows(svg)) {
      expect(to[1]).toBeGreaterThan(from[1])
      expect(from[1]).toBeGreaterThan(leaves[from[0]] ?? 0)
      leaves[from[0]] = from[1]
    }
  })

  it('marks what was lost, what was sent again, and long waits', async () => {
    const svg = (await drawn(said, true, ['cable-noise:0.5V']))()
    const words = texts(svg).join('\n')
    expect(words).toMatch(/SYN\u00a0 lost on the way/)
    expect(words).toMatch(/SYN\u00a0 sent again/)
    expect(words).toMatch(/⋮ {2}7\.000 s later {2}⋮/)
    // A lost one does not reach the other end.
    const ends = new Set(arrows(svg).map(({ to }) => to[0]))
    expect(ends.size).toBe(4)
  })

  it('of an echo has no letters and no states', async () => {
    const words = texts((await drawn(pinged))())
    expect(words.filter((word) => word.startsWith('ICMP echo re'))).toHaveLength(2)
    expect(words.join('\n')).not.toMatch(/j = |CLOSED/)
  })
})

describe('a ladder of one end', () => {
  it('says so, and has the other end’s packets without its times and states', async () => {
    const svg = (await drawn(said, false))()
    const words = texts(svg)
    expect(words.join('\n')).toContain('only this end can be looked into')
    expect(words).not.toContain('SYN-RECEIVED')
    expect(titles(svg).some((title) => /from 192\.168\.7\.2:7 to .*, there at 0\.\d{6} s$/.test(title))).toBe(true)
  })

  it('of nothing says that', async () => {
    expect(texts((await drawn(async () => {}, false))())).toContain('nothing passed between them')
  })
})

describe('a ladder for a wall', () => {
  it('has the form of a slide, in pieces side by side, with larger type and all of a short conversation', async () => {
    const draw = await drawn(said)
    const svg = draw(lookOf('projector', '16:9'))
    expect(svg).toMatch(/^<svg [^>]*width="1280" height="720"/)
    expect(svg.match(/<g transform="translate\(\d+ [\d.]+\)">/g)!.length).toBeGreaterThan(1)
    const all = texts(draw()).filter((text) => text.startsWith('SEQ='))
    expect(texts(svg).filter((text) => text.startsWith('SEQ='))).toEqual(all)
    const [, width] = /viewBox="\S+ \S+ ([\d.]+) /.exec(svg)!
    // Seen from the last row: 16 px of 1024 x 768 are a forty-eighth of the height.
    expect((16 * 720) / (Number(width) * (9 / 16))).toBeGreaterThan(720 / 62)
  })

  it('has no words beyond its edges, and no arrow cut by a piece', async () => {
    const draw = await drawn(said, true, ['cable-noise:0.5V'])
    for (const look of [
      ON_PAPER,
      lookOf('projector', undefined),
      lookOf('projector', '16:9'),
      lookOf(undefined, '4:3'),
    ]) {
      const svg = draw(look)
      expect(xmlFault(svg)).toBe('')
      for (const { from, to } of arrows(svg)) expect(to[1] - from[1]).toBeLessThan(300)
      for (const [, x] of svg.matchAll(/<text x="([-\d.]+)"/g)) expect(Number(x)).toBeGreaterThan(0)
    }
  })

  it('leaves out the middle of a long one on a slide, and says how much', async () => {
    const long: Act = async (wire) => {
      for (let i = 0; i < 12; i++) await pinged(wire)
    }
    const svg = (await drawn(long))(lookOf('projector', '16:9'))
    expect(texts(svg).join('\n')).toMatch(/⋮ {2}\d+ steps left out here {2}⋮/)
  })
})
