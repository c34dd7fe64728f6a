/** The services of a board, reached from a host over the emulated wire: chip, SPI, cable, and the memory of an Arduino. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chargenOctet } from '../../firmware/services/chargen.js'
import { fillRandom } from '../../firmware/services/http/random-file.js'
import { createLab, type LabPeer, type LabSocket, SECOND, SERVICES } from '../../host/index.js'

const BOARD = '192.168.7.2'

async function desk(board = 'uno', options: { wallClock?: () => number } = {}) {
  const lab = createLab({ seed: 11 })
  const target = lab.addBoard(board, { address: `${BOARD}/24`, ...options })
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  lab.connect(target.port, peer.port, { length: 20 })
  await lab.run({ until: () => target.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, for: 5 * SECOND })
  return { lab, board: target, peer }
}

async function connect(peer: LabPeer, port: number): Promise<LabSocket> {
  return peer.socket('ipv4', 'stream').connect({ address: BOARD, port })
}

const text = (octets: Uint8Array) => new TextDecoder().decode(octets)

/** Sends a request whole and reads to the end. */
async function exchange(peer: LabPeer, request: string): Promise<{ head: string; body: Uint8Array }> {
  const socket = await connect(peer, 80)
  await socket.write(request)
  const all = await socket.readAll()
  socket.close()
  const end = Buffer.from(all).indexOf('\r\n\r\n')
  const head = text(all.subarray(0, end))
  const body = all.subarray(end + 4)
  return { head, body: /^transfer-encoding: chunked$/im.test(head) ? dechunk(body) : body }
}

/** RFC 9112 7.1. */
function dechunk(octets: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (;;) {
    const lineEnd = Buffer.from(octets).indexOf('\r\n', at)
    const size = Number.parseInt(text(octets.subarray(at, lineEnd)), 16)
    if (size === 0) break
    parts.push(octets.subarray(lineEnd + 2, lineEnd + 2 + size))
    expect(text(octets.subarray(lineEnd + 2 + size, lineEnd + 4 + size))).toBe('\r\n')
    at = lineEnd + 4 + size
  }
  expect(text(octets.subarray(at))).toBe('0\r\n\r\n')
  return Buffer.concat(parts)
}

const get = (peer: LabPeer, path: string) =>
  exchange(peer, `GET ${path} HTTP/1.1\r\nHost: ${BOARD}\r\nConnection: close\r\n\r\n`)

describe.each(['uno', 'mega2560'])('the services of a board with the memory of an %s', (kind) => {
  it('start with the chip, and leave nothing behind', async () => {
    const { lab, board, peer } = await desk(kind)
    expect([...board.controller.services.running].map(({ name }) => name)).toEqual(SERVICES.map(({ name }) => name))
    const memory = board.stack.memory.snapshot()
    expect(memory.limit).toBe(kind === 'uno' ? 1536 : 6144)
    await echo(peer, 3000)
    await get(peer, '/')
    await lab.run({ for: 120 * SECOND })
    expect(board.stack.memory.used).toBe(0)
    expect([...board.stack.tcp.connections]).toEqual([])
    board.powerOff()
    expect([...board.controller.services.running]).toEqual([])
  })

  it('take as many connections as the memory allows, and refuse the others under a counted reason', async () => {
    const { lab, peer, board } = await desk(kind)
    const attempts = await Promise.allSettled(Array.from({ length: 40 }, () => connect(peer, 80)))
    const sockets = attempts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    await lab.run({ for: SECOND })
    const { open = 0, lost } = board.controller.services.counters.http!
    expect(open).toBeGreaterThanOrEqual(1)
    expect(open).toBeLessThan(40)
    // Refused once, by a reset of its SYN, or accepted and given up when memory went meanwhile.
    const { dropped } = board.stack.tcp.counters
    const refused =
      (lost['no memory'] ?? 0) + (dropped['no memory for connection'] ?? 0) + (dropped['refused by listener'] ?? 0)
    expect(refused).toBeGreaterThanOrEqual(40 - sockets.length)
    expect(refused).toBeGreaterThan(0)
    expect(board.stack.memory.snapshot().peak).toBeLessThanOrEqual(board.stack.memory.limit)
    for (const socket of sockets) socket.close()
    expect((await get(peer, '/random/10')).body).toHaveLength(10)
    await lab.run({ for: 120 * SECOND })
    expect(board.stack.memory.used).toBe(0)
  })

  it('echo gives back a stream, in order and whole (RFC 862)', async () => {
    const { peer } = await desk(kind)
    await echo(peer, 20_000)
  })

  it('echo and discard take datagrams, of the longest a frame holds (RFC 862, 863)', async () => {
    const { peer, board } = await desk(kind)
    const socket = peer.socket('ipv4', 'datagram')
    for (const size of [0, 1, 1472]) {
      const sent = new Uint8Array(size).fill(size)
      await socket.sendTo(sent, { address: BOARD, port: 7 })
      const { data, from } = await socket.receiveFrom()
      expect(data).toEqual(sent)
      expect(from).toMatchObject({ address: BOARD, port: 7 })
    }
    await socket.sendTo('nothing', { address: BOARD, port: 9 })
    socket.timeLimit = SECOND
    await expect(socket.read()).rejects.toThrow(/nothing came within 1 s/)
    expect(board.controller.services.counters.discard).toMatchObject({ datagrams: 1, octetsIn: 7 })
  })

  it('discard reads everything (RFC 863)', async () => {
    const { peer, board } = await desk(kind)
    const socket = await connect(peer, 9)
    await socket.write(new Uint8Array(30_000))
    socket.shutdown('write')
    expect(await socket.readAll()).toHaveLength(0)
    socket.close()
    expect(board.controller.services.counters.discard?.octetsIn).toBe(30_000)
  })

  it('chargen sends lines of 72 that move on by one, and up to 512 characters in a datagram (RFC 864)', async () => {
    const { peer } = await desk(kind)
    const socket = await connect(peer, 19)
    const lines = text(await socket.readExactly(74 * 100)).split('\r\n')
    socket.close()
    expect(lines[0]).toBe(String.fromCharCode(...Array.from({ length: 72 }, (_, i) => 0x20 + i)))
    expect(lines[1]).toBe(`${lines[0].slice(1)}h`)
    expect(lines[95]).toBe(lines[0])
    const asking = peer.socket('ipv4', 'datagram')
    const lengths: number[] = []
    for (let i = 0; i < 20; i++) {
      await asking.sendTo('x', { address: BOARD, port: 19 })
      const data = await asking.read()
      lengths.push(data.length)
      for (const [place, octet] of data.entries()) expect(octet).toBe(chargenOctet(place))
    }
    expect(Math.max(...lengths)).toBeGreaterThan(300)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(512)
  })

  it('daytime tells one line and closes, and answers a datagram (RFC 867)', async () => {
    const { peer } = await desk(kind, { wallClock: () => Date.UTC(1982, 1, 22, 17, 37, 43) })
    const line = 'Monday, February 22, 1982 17:37:43-UTC\r\n'
    const socket = await connect(peer, 13)
    expect(text(await socket.readAll())).toBe(line)
    socket.close()
    const asking = peer.socket('ipv4', 'datagram')
    await asking.sendTo('', { address: BOARD, port: 13 })
    expect(text(await asking.read())).toBe(line)
  })

  it('services that answer datagrams do not answer one another', async () => {
    const { peer, board } = await desk(kind)
    const socket = peer.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 19 })
    await socket.sendTo('x', { address: BOARD, port: 7 })
    socket.timeLimit = SECOND
    await expect(socket.read()).rejects.toThrow()
    expect(board.controller.services.counters.echo?.lost).toEqual({ 'would loop': 1 })
  })

  it('http shows the status of the board as a page and as JSON', async () => {
    const { peer, board } = await desk(kind)
    const page = await get(peer, '/')
    expect(page.head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    const html = text(page.body)
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain(board.definition.title)
    expect(html).toMatch(/<g class="s on"><rect[^>]*\/><text[^>]*>controlling<\/text>/)
    expect(html).toMatch(/<\/html>\n$/)
    const json = await get(peer, '/status.json')
    const status = JSON.parse(text(json.body))
    expect(status).toMatchObject({
      title: board.definition.title,
      state: { controller: 'on', link: 'up', chip: 'running', services: 'running', fault: 'none' },
      interfaces: [{ name: 'eth0', link: 'up', addresses: [`${BOARD}/24`], mac: board.definition.network.station }],
      memory: { limit: board.stack.memory.limit },
    })
    expect(status.connections).toContainEqual({ protocol: 'tcp', local: '*:80', remote: '*', state: 'LISTEN' })
    expect(status.counters['services.http.answers.200']).toBeGreaterThanOrEqual(1)
  })

  it('http serves a file of any size, and the same octets each time', async () => {
    const { peer } = await desk(kind)
    const { head, body } = await get(peer, '/random/100000')
    expect(head).toMatch(/^Content-Length: 100000$/m)
    const expected = new Uint8Array(100_000)
    fillRandom(expected, 0, 100_000, 0)
    expect(createHash('sha256').update(body).digest('hex')).toBe(createHash('sha256').update(expected).digest('hex'))
  })

  it('http answers requests in a row on one connection, and a HEAD without body', async () => {
    const { peer } = await desk(kind)
    const ask = (method: string, path: string, rest = '') => `${method} ${path} HTTP/1.1\r\nHost: b\r\n${rest}\r\n`
    const { head, body } = await exchange(
      peer,
      ask('HEAD', '/random/7') +
        ask('GET', '/nowhere') +
        ask('POST', '/', 'Content-Length: 3\r\n') +
        'abc' +
        ask('GET', '/random/5', 'Connection: close\r\n'),
    )
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: 7\r\n/)
    const rest = Buffer.from(body).toString('latin1')
    const statuses = [...rest.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])
    expect(statuses).toEqual(['404', '405', '200'])
    expect(rest).toMatch(/Allow: GET, HEAD\r\n/)
    // every answer, of whatever status, says that its type is what it says (WHATWG Fetch 3.6)
    const heads = `${head}\r\n${rest}`.split('HTTP/1.1 ').slice(1)
    expect(heads).toHaveLength(4)
    for (const each of heads) expect(each).toMatch(/^\d[\s\S]*?\r\nX-Content-Type-Options: nosniff\r\n/)
    expect(rest.startsWith('HTTP/1.1 404')).toBe(true)
  })

  it.each([
    [400, 'GET / HTTP/1.1\r\n\r\n'],
    [431, `GET / HTTP/1.1\r\nHost: b\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`],
    [505, 'GET / HTTP/3.0\r\nHost: b\r\n\r\n'],
    [501, 'BREW / HTTP/1.1\r\nHost: b\r\n\r\n'],
    [421, 'GET / HTTP/1.1\r\nHost: attacker.com\r\n\r\n'],
    [403, 'GET / HTTP/1.1\r\nHost: b\r\nOrigin: http://attacker.com\r\n\r\n'],
  ])('http answers %i to what is wrong, and closes', async (status, request) => {
    const { peer } = await desk(kind)
    const { head } = await exchange(peer, request)
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).toMatch(/^Connection: close$/m)
  })

  it('http closes a connection that says nothing, and answers 408 to one that says too little', async () => {
    const { lab, peer } = await desk(kind)
    const silent = await connect(peer, 80)
    const before = lab.now
    expect(await silent.readAll()).toHaveLength(0)
    expect((lab.now - before) / SECOND).toBeCloseTo(15, 0)
    silent.close()
    const slow = await connect(peer, 80)
    await slow.write('GET / HT')
    expect(text(await slow.readAll())).toMatch(/^HTTP\/1\.1 408 /)
    slow.close()
  })

  it('telnet is a console that refuses options and answers commands (RFC 854)', async () => {
    const { lab, peer } = await desk(kind)
    const socket = await connect(peer, 23)
    let seen = ''
    const until = async (what: RegExp) => {
      while (!what.test(seen)) {
        const part = await socket.read()
        if (part.length === 0) throw new Error(`the console closed; it said ${seen}`)
        seen += Buffer.from(part).toString('latin1')
      }
      const said = seen
      seen = ''
      return said
    }
    await until(/help lists the commands\r\n> $/)
    await socket.write(Uint8Array.of(255, 251, 31, 255, 253, 1))
    expect(await until(/\xff\xfc[\s\S]$/)).toBe('\xff\xfe\x1f\xff\xfc\x01')
    await socket.write('help\r\n')
    expect(await until(/> $/)).toMatch(/^status .*\r\ncounters [\s\S]*\r\nquit .*\r\n> $/)
    await socket.write('status\r\n')
    expect(await until(/> $/)).toMatch(/link +up\r\n[\s\S]*eth0 +link up, 192\.168\.7\.2\/24/)
    for (const [command, answer] of [
      ['neighbours', /192\.168\.7\.1 /],
      ['routes', /192\.168\.7\.0\/24 +on the link eth0/],
      ['connections', /tcp 192\.168\.7\.2:23 +192\.168\.7\.1:\d+ +ESTABLISHED/],
      ['counters', /\d+ interfaces\.eth0\.framesReceived/],
      ['dance', /no command "dance"; help lists them/],
      ['ping', /ping takes one address/],
    ] as const) {
      await socket.write(`${command}\r\n`)
      expect(await until(/> $/)).toMatch(answer)
    }
    const before = lab.now
    await socket.write('ping 192.168.7.1\r\n')
    expect((await until(/> $/)).match(/seq \d+: 56 octets, ttl 64, /g)).toHaveLength(4)
    expect(Math.round((lab.now - before) / SECOND)).toBe(3)
    await socket.write('quit\r\n')
    expect(text(await socket.readAll())).toBe('goodbye\r\n')
    socket.close()
  })
})

async function echo(peer: LabPeer, size: number): Promise<void> {
  const socket = await connect(peer, 7)
  const sent = new Uint8Array(size)
  fillRandom(sent, 0, size, 0)
  const [back] = await Promise.all([socket.readAll(), socket.write(sent).then(() => socket.shutdown('write'))])
  expect(back.length).toBe(size)
  expect(Buffer.compare(back, sent)).toBe(0)
  socket.close()
}
