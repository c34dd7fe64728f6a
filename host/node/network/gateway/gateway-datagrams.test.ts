/** UDP, echoes and names through a gateway, to this computer's own servers on loopback, where that is allowed. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import type { DnsOutcome } from '../../../../firmware/net/dns/resolver.js'
import type { PingResult } from '../../../../firmware/net/icmp/ping.js'
import { formatIp, parseAnyIp } from '../../../../firmware/net/ip.js'
import {
  CLASS_IN,
  type DnsData,
  type DnsMessage,
  type DnsType,
  emitDns,
  parseDns,
} from '../../../../firmware/net/wire/dns.js'
import {
  CLIENT_ADDRESSES,
  closeAfterEach,
  closeLater,
  FAMILIES,
  GATEWAY_ADDRESS,
  type GatewayScene,
  gatewayScene,
  LOOPBACK_ADDRESS,
} from '../../../../test/support/gateway-scene.js'
import type { GatewayOptions } from './start-gateway.js'
import { pingCommand, readPing } from './system-ping.js'

closeAfterEach()

/** A UDP socket of this computer. */
async function systemSocket(
  address: string,
  hear: (message: Buffer, from: RemoteInfo, socket: Socket) => void = () => {},
): Promise<{ readonly port: number; readonly socket: Socket }> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (message, from) => hear(message, from, socket))
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  let isOpen = true
  socket.on('close', () => {
    isOpen = false
  })
  closeLater({ close: () => isOpen && socket.close() })
  return { port: socket.address().port, socket }
}

describe.each(FAMILIES)('a UDP conversation of %s', (family) => {
  it('goes both ways, and no stranger is heard in it', async () => {
    let seen: RemoteInfo | undefined
    const { port } = await systemSocket(LOOPBACK_ADDRESS[family], (message, from, socket) => {
      seen = from
      socket.send(`${message}!`, from.port, from.address)
    })
    const { client, gateway } = await gatewayScene({ allow: [`[${LOOPBACK_ADDRESS[family]}]:${port}`] })
    const socket = client.socket(family, 'datagram')
    const to = { address: GATEWAY_ADDRESS[family], port }
    await socket.sendTo('one', to)
    const first = await socket.receiveFrom()
    expect([Buffer.from(first.data).toString(), first.from]).toEqual(['one!', { family, ...to }])
    const stranger = await systemSocket(LOOPBACK_ADDRESS[family])
    stranger.socket.send('forged', seen!.port, seen!.address)
    await socket.sendTo('two', to)
    expect(Buffer.from((await socket.receiveFrom()).data).toString()).toBe('two!')
    expect(gateway.status().conversations).toMatchObject([{ protocol: 'udp', fromBoard: 6, toBoard: 8 }])
    // One longer than a frame, in fragments both ways.
    await socket.sendTo(new Uint8Array(4_000).fill(65), to)
    expect((await socket.receiveFrom()).data).toHaveLength(4_001)
  })

  it('with nobody at the port tells the board so (ECONNREFUSED)', async () => {
    const { port, socket: gone } = await systemSocket(LOOPBACK_ADDRESS[family])
    gone.close()
    const { client, gateway } = await gatewayScene({ allow: [`[${LOOPBACK_ADDRESS[family]}]:${port}`] })
    const socket = client.socket(family, 'datagram')
    await socket.connect({ address: GATEWAY_ADDRESS[family], port })
    await socket.write('anybody?')
    await expect(socket.read()).rejects.toThrow('ECONNREFUSED')
    expect(gateway.status()).toMatchObject({ conversations: [], dropped: { 'connection refused outside': 1 } })
  })
})

it('conversations are bounded, and one that is silent is forgotten', async () => {
  const { port } = await systemSocket('127.0.0.1', (message, from, socket) =>
    socket.send(message, from.port, from.address),
  )
  const limits = { conversations: 2, conversationSeconds: 1 }
  const { client, gateway, lab } = await gatewayScene({ allow: [`127.0.0.1:${port}`], limits })
  const to = { address: GATEWAY_ADDRESS.ipv4, port }
  const sockets = [1, 2, 3].map(() => client.socket('ipv4', 'datagram'))
  for (const socket of sockets) await socket.sendTo('x', to)
  await lab.run({ until: () => gateway.status().dropped['too many conversations'] === 1 })
  expect(gateway.status().conversations).toHaveLength(2)
  await lab.run({ until: () => gateway.status().conversations.length === 0 })
  await sockets[2].sendTo('now', to)
  expect(Buffer.from((await sockets[2].receiveFrom()).data).toString()).toBe('now')
})

it('a UDP forward leads to the board and back to who sent', async () => {
  const { client, gateway, lab } = await gatewayScene({
    forward: [`udp:0:${CLIENT_ADDRESSES.ipv4}:7`],
    limits: { forwarded: 1 },
  })
  client.services.start('echo')
  const [, port] = /^udp:127\.0\.0\.1:(\d+):/.exec(gateway.forwards[0])!
  const heard = await new Promise<string>((resolve) => {
    void systemSocket('127.0.0.1', (message) => resolve(`${message}`)).then(({ socket }) =>
      socket.send('to the board', Number(port), '127.0.0.1'),
    )
  })
  expect(heard).toBe('to the board')
  const { socket } = await systemSocket('127.0.0.1')
  socket.send('another', Number(port), '127.0.0.1')
  await lab.run({ until: () => gateway.status().dropped['too many conversations of a forward'] === 1 })
  expect(gateway.status().forwards).toMatchObject([{ protocol: 'udp', open: 1 }])
})

describe('what may not be reached', () => {
  const PLACES = [
    ['ipv4', GATEWAY_ADDRESS.ipv4, 'refused: loopback', 'EHOSTUNREACH'],
    ['ipv4', '10.0.0.1', 'refused: private network', 'EHOSTUNREACH'],
    ['ipv4', '169.254.169.254', 'refused: link-local', 'EHOSTUNREACH'],
    ['ipv4', '203.0.113.5', 'refused: special purpose', 'EHOSTUNREACH'],
    ['ipv6', GATEWAY_ADDRESS.ipv6, 'refused: loopback', 'EACCES'],
    ['ipv6', 'fd99::1', 'refused: private network', 'EACCES'],
    ['ipv6', '64:ff9b::7f00:1', 'refused: loopback', 'EACCES'],
    ['ipv6', '2002:c0a8:101::1', 'refused: private network', 'EACCES'],
  ] as const

  it('is refused as prohibited, at once and counted: TCP, UDP, echo', async () => {
    const { client, gateway, lab } = await gatewayScene()
    for (const [family, address, reason, code] of PLACES) {
      const before = gateway.status().dropped[reason] ?? 0
      await expect(client.socket(family, 'stream').connect({ address, port: 80 }), address).rejects.toThrow(code)
      const socket = client.socket(family, 'datagram')
      await socket.connect({ address, port: 9 })
      await socket.write('?')
      await expect(socket.read(), address).rejects.toThrow(code)
      expect((gateway.status().dropped[reason] ?? 0) - before, address).toBe(2)
    }
    expect((await echo({ client, lab }, '10.0.0.1')).ok).toBe(false)
    expect((await echo({ client, lab }, 'fd99::1')).ok).toBe(false)
    expect(gateway.status()).toMatchObject({ conversations: [], counters: { begun: 0, echoesAnswered: 0 } })
  })

  it('is a neighbour of the board’s, which it asks itself, and what this computer’s networks have', async () => {
    const { client, gateway } = await gatewayScene({ ownNetworks: ['8.8.8.1/24'] })
    await expect(client.socket('ipv4', 'stream').connect({ address: '8.8.8.8', port: 53 })).rejects.toThrow(
      'EHOSTUNREACH',
    )
    expect(gateway.status().dropped).toEqual({ 'refused: own network': 1 })
  })

  it('is everything with `onlyAllowed`', async () => {
    const { client, gateway } = await gatewayScene({ onlyAllowed: true })
    await expect(client.socket('ipv4', 'stream').connect({ address: '8.8.8.8', port: 53 })).rejects.toThrow(
      'EHOSTUNREACH',
    )
    expect(gateway.status()).toMatchObject({ onlyListed: true, dropped: { 'refused: not listed': 1 } })
  })
})

async function echo({ client, lab }: Pick<GatewayScene, 'client' | 'lab'>, to: string): Promise<PingResult> {
  let result: PingResult | undefined
  client.stack.ping(to, { size: 100 }, (given) => {
    result = given
  })
  await lab.run({ until: () => result !== undefined })
  return result!
}

describe('an echo to a host outside', () => {
  const far = { allow: ['10.9.9.9', 'fd99::9'] }

  function program(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-ping-'))
    closeLater({ close: () => rmSync(folder, { recursive: true }) })
    const path = join(folder, 'ping')
    writeFileSync(path, `#!/bin/sh\n${text}\n`)
    chmodSync(path, 0o755)
    return path
  }

  it('is what the system’s ping says of it: an answer, with its words as they were given, and no shell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-words-'))
    closeLater({ close: () => rmSync(folder, { recursive: true }) })
    const ping = program(`printf '%s\\n' "$@" >> ${folder}/words; exit 0`)
    const scene = await gatewayScene({ ...far, ping })
    expect((await echo(scene, '10.9.9.9')).ok).toBe(true)
    expect((await echo(scene, 'fd99::9')).ok).toBe(true)
    const { readFileSync } = await import('node:fs')
    const words = readFileSync(join(folder, 'words'), 'utf8').split('\n')
    expect(words.filter((word) => word === '100' || word === '10.9.9.9' || word === 'fd99::9')).toEqual([
      '100',
      '10.9.9.9',
      '100',
      'fd99::9',
    ])
    expect(scene.gateway.status()).toMatchObject({ echoes: 'hosts', counters: { echoesAnswered: 2 } })
  })

  it('or silence, which is silence to the board', async () => {
    const ping = program('echo "1 packets transmitted, 0 received, 100% packet loss"; exit 1')
    const scene = await gatewayScene({ ...far, ping })
    expect((await echo(scene, '10.9.9.9')).ok).toBe(false)
    expect(scene.gateway.status()).toMatchObject({ echoes: 'hosts', dropped: { 'echo without an answer': 1 } })
  })

  it.each([
    ['there is none', '/nowhere/ping'],
    ['it may not', undefined],
  ])('without a ping, as %s, the gateway answers itself, and says so once', async (_, path) => {
    const ping = path ?? program('echo "socket: Operation not permitted" >&2; exit 2')
    const scene = await gatewayScene({ ...far, ping })
    let said = 0
    scene.gateway.onAlone(() => said++)
    expect([(await echo(scene, '10.9.9.9')).ok, (await echo(scene, 'fd99::9')).ok, said]).toEqual([true, true, 1])
    expect(scene.gateway.status().echoes).toBe('gateway')
  })

  it('so many are asked for at a time', async () => {
    // It never answers: by the time it is ended, those who asked have given up.
    const scene = await gatewayScene({ ...far, ping: program('exec sleep 60'), limits: { echoes: 2 } })
    const all = await Promise.all([1, 2, 3].map(() => echo(scene, '10.9.9.9')))
    expect(all.filter(({ ok }) => ok)).toHaveLength(0)
    expect(scene.gateway.status().dropped).toMatchObject({ 'too many echoes': 1 })
  })

  it('has the words of each system’s ping, and what they say is read', () => {
    const four = parseAnyIp('9.9.9.9')!
    const six = parseAnyIp('2620:fe::fe')!
    expect(pingCommand('linux', six, 56)).toEqual(['ping', '-n', '-c', '1', '-W', '3', '-s', '56', '2620:fe::fe'])
    expect(pingCommand('darwin', four, 56)).toEqual(['ping', '-n', '-c', '1', '-W', '3000', '-s', '56', '9.9.9.9'])
    expect(pingCommand('darwin', six, 56)[0]).toBe('ping6')
    expect(pingCommand('win32', four, 0)).toEqual(['ping', '-n', '1', '-w', '3000', '-l', '0', '9.9.9.9'])
    // A router's word is no answer, though Windows' status is 0.
    expect(readPing('win32', four, 0, 'Reply from 10.0.0.1: Destination host unreachable.')).toBe('silent')
    expect(readPing('win32', four, 0, 'Reply from 9.9.9.9: bytes=32 time=9ms TTL=57')).toBe('answered')
    expect(readPing('win32', four, 1, 'Packets: Sent = 1, Received = 0, Lost = 1 (100% loss)')).toBe('silent')
    // iputils has status 2 for both.
    expect(readPing('linux', four, 2, 'ping: connect: Network is unreachable')).toBe('silent')
    expect(readPing('linux', four, 2, 'ping: socktype: SOCK_RAW: Operation not permitted')).toBe('no ping')
    expect(readPing('linux', four, 1, "ping: invalid option -- 'n'\nBusyBox v1.36.1 multi-call binary.")).toBe(
      'no ping',
    )
    expect(readPing('linux', four, null, '')).toBe('silent')
  })
})

describe('a name', () => {
  type Said = readonly DnsData[] | 'NXDOMAIN' | ((query: DnsMessage, octets: Buffer) => Uint8Array | undefined)

  /** A name server of this computer. */
  async function nameServer(names: Readonly<Record<string, Said>>): Promise<string> {
    const { port } = await systemSocket('127.0.0.1', (octets, from, socket) => {
      const query = parseDns(octets) as DnsMessage
      const [{ name, type }] = query.questions
      const said = names[name.toLowerCase()] ?? 'NXDOMAIN'
      if (typeof said === 'function') {
        const answer = said(query, octets)
        if (answer !== undefined) socket.send(answer, from.port, from.address)
        return
      }
      const answers = said === 'NXDOMAIN' ? [] : said.filter((each) => each.type === type)
      const { edns: _, ...plain } = query
      const message: DnsMessage = {
        ...plain,
        response: true,
        recursionAvailable: true,
        responseCode: said === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR',
        answers: answers.map((data) => ({ name, class: CLASS_IN, timeToLive: 300, ...data })),
        additionals: [],
      }
      socket.send(emitDns(message), from.port, from.address)
    })
    return `127.0.0.1:${port}`
  }

  async function named(names: Readonly<Record<string, Said>>, options: GatewayOptions = {}) {
    const scene = await gatewayScene({ nameServers: [await nameServer(names)], ...options })
    const { client, lab } = scene
    client.stack.resolver.servers = [parseAnyIp(GATEWAY_ADDRESS.ipv4)!]
    const ask = async (name: string, type: DnsType): Promise<string> => {
      let outcome: DnsOutcome | undefined
      client.stack.resolver.resolve(`${name}.`, type, (given) => {
        outcome = given
      })
      await lab.run({ until: () => outcome !== undefined, for: 60 * SECOND })
      if (!outcome!.ok) return outcome!.reason
      return outcome!.records.map((record) => dataOf(record)).join(' ')
    }
    return { ...scene, ask }
  }

  const dataOf = (record: DnsData): string =>
    record.type === 'A' || record.type === 'AAAA'
      ? formatIp(record.address)
      : record.type === 'MX'
        ? `${record.preference} ${record.exchange}`
        : record.type === 'TXT'
          ? record.texts.join('')
          : 'target' in record
            ? record.target
            : record.type

  const A = (address: string): DnsData => ({ type: 'A', address: parseAnyIp(address) as number })
  const AAAA = (address: string): DnsData => ({ type: 'AAAA', address: parseAnyIp(address) as never })

  it('is asked of the system’s resolver: addresses of both families, names, mail, texts', async () => {
    const { ask, gateway } = await named({
      'www.example.com': [
        A('8.8.8.8'),
        A('9.9.9.9'),
        AAAA('2606:4700::1111'),
        { type: 'MX', preference: 10, exchange: 'mail.example.com' },
        { type: 'TXT', texts: ['hello', 'there'] },
        { type: 'NS', target: 'ns.example.com' },
      ],
      '8.8.8.8.in-addr.arpa': [{ type: 'PTR', target: 'dns.google' }],
    })
    expect(await ask('www.example.com', 'A')).toBe('8.8.8.8 9.9.9.9')
    expect(await ask('www.example.com', 'AAAA')).toBe('2606:4700::1111')
    expect(await ask('www.example.com', 'MX')).toBe('10 mail.example.com')
    expect(await ask('www.example.com', 'TXT')).toBe('hellothere')
    expect(await ask('www.example.com', 'NS')).toBe('ns.example.com')
    expect(await ask('8.8.8.8.in-addr.arpa', 'PTR')).toBe('dns.google')
    expect(await ask('www.example.com', 'SOA')).toBe('NODATA')
    expect(await ask('nobody.example.com', 'A')).toBe('NXDOMAIN')
    expect(gateway.status().dropped).toEqual({})
  })

  it('that leads to a refused address leads nowhere (DNS rebinding), and a connection there is refused all the same', async () => {
    const { ask, client, gateway } = await named({
      'rebound.example.com': [A('127.0.0.1'), A('192.168.1.1'), A('8.8.8.8'), AAAA('::1'), AAAA('::ffff:10.0.0.1')],
      'inside.example.com': [A('10.0.0.1')],
      '1.0.0.10.in-addr.arpa': [{ type: 'PTR', target: 'secret.corp' }],
    })
    expect(await ask('rebound.example.com', 'A')).toBe('8.8.8.8')
    expect(await ask('rebound.example.com', 'AAAA')).toBe('NODATA')
    expect(await ask('inside.example.com', 'A')).toBe('NODATA')
    expect(await ask('1.0.0.10.in-addr.arpa', 'PTR')).toBe('NXDOMAIN')
    expect(await ask('localhost', 'A')).not.toContain('127')
    expect(gateway.status().dropped).toEqual({ 'name of a refused address': 6 })
    await expect(client.socket('ipv4', 'stream').connect({ address: '10.0.0.1', port: 80 })).rejects.toThrow(
      'EHOSTUNREACH',
    )
  })

  it('that is listed leads to its address, and there to the port that is listed', async () => {
    const { port } = await systemSocket('127.0.0.1', (message, from, socket) =>
      socket.send(message, from.port, from.address),
    )
    const { ask, gateway, client } = await named(
      { 'printer.lan': [A('127.0.0.1')] },
      { allow: [`printer.lan:${port}`] },
    )
    expect(await ask('printer.lan', 'A')).toBe('127.0.0.1')
    const socket = client.socket('ipv4', 'datagram')
    await socket.sendTo('job', { address: GATEWAY_ADDRESS.ipv4, port })
    expect(Buffer.from((await socket.receiveFrom()).data).toString()).toBe('job')
    await expect(
      client.socket('ipv4', 'stream').connect({ address: GATEWAY_ADDRESS.ipv4, port: port ^ 1 }),
    ).rejects.toThrow('EHOSTUNREACH')
    expect(gateway.status().dropped).toEqual({ 'refused: loopback': 1 })
  })

  it('whose server says anything at all is answered, or is not known: nothing is thrown, and the next one is', async () => {
    const random = new SeededRandom(53)
    const spoil = (octets: Buffer): Uint8Array => {
      const answer = Buffer.concat([
        octets,
        Buffer.from(Array.from({ length: random.below(120) }, () => random.below(256))),
      ])
      answer[2] |= 0x80
      // Counts of records that are not there, pointers that lead anywhere.
      for (let at = 0; at < 6; at++) answer[6 + random.below(answer.length - 6)] = random.below(256)
      return answer
    }
    const hostile = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `h${at}.example.com`,
        (_query: DnsMessage, octets: Buffer) => spoil(octets),
      ]),
    )
    // A label with what is no text (RFC 2181 11 allows any octet).
    const oddAnswer = (query: DnsMessage): Uint8Array => {
      const { edns: _, ...plain } = query
      const record = {
        name: 'odd.example.com',
        class: CLASS_IN,
        timeToLive: 300,
        type: 'MX',
        preference: 1,
        exchange: 'a-b.test',
      } as const
      return emitDns({ ...plain, response: true, answers: [record] }).map((octet) => (octet === 0x2d ? 1 : octet))
    }
    const long = Array.from({ length: 60 }, (_, at) => A(`9.9.9.${at}`))
    const { ask, lab } = await named({
      ...hostile,
      'long.example.com': long,
      'odd.example.com': (query) => oddAnswer(query),
      'good.example.com': [A('8.8.8.8')],
    })
    lab.pace.speed = 4
    const answers = await Promise.all(Object.keys(hostile).map((name) => ask(name, 'A')))
    expect(answers.every((each) => typeof each === 'string')).toBe(true)
    expect((await ask('long.example.com', 'A')).split(' ').length).toBeLessThanOrEqual(32)
    await ask('odd.example.com', 'MX')
    expect(await ask('good.example.com', 'A')).toBe('8.8.8.8')
  })

  it('so many are asked for at a time', async () => {
    const { client, gateway, lab } = await named({ 'slow.example.com': () => undefined }, { limits: { names: 2 } })
    for (let at = 0; at < 4; at++) client.stack.resolver.resolve(`${at}.slow.example.com.`, 'A', () => {})
    for (let at = 0; at < 4; at++)
      client.stack.resolver.resolve('slow.example.com.', at % 2 === 0 ? 'MX' : 'TXT', () => {})
    await lab.run({ until: () => (gateway.status().dropped['too many names'] ?? 0) > 0 })
  })

  it('a list of name servers that is none is refused', async () => {
    await expect(gatewayScene({ nameServers: ['not an address'] })).rejects.toThrow(
      '"not an address" is no list of name servers',
    )
  })
})
