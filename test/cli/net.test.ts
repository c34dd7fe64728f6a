/** The commands of `linkpulse net` that need neither root nor a kernel's wire: the other end is a board in a lab. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RandomFile } from '../../firmware/services/http/random-file.js'
import { judgeByTshark } from '../net/tshark.js'
import { netStatFaults } from '../schema/judge.js'
import { type CommandOutcome, scratch, start } from './command.js'
import { runHere, runHereWith } from './here.js'

let folder = ''
beforeAll(() => {
  folder = scratch()
  // Nobody's `net up` but ours can be running in there.
  process.env.XDG_RUNTIME_DIR = folder
})

function withInput(words: readonly string[], input: string): Promise<CommandOutcome> {
  return runHereWith(input, ...words)
}

describe('net ping', () => {
  it('pings the board of the lab, the same each time', async () => {
    const first = await runHere('net', 'ping', '192.168.7.2', '-c', '3', '-s', '1000', '--seed', '7')
    expect(first.stdout).toMatch(
      /^ping 192\.168\.7\.2 with 1000 octets of data\n1000 octets from 192\.168\.7\.2: seq 1, ttl 64, time /,
    )
    expect(first.stdout).toMatch(/\n3 sent, 3 came back; shortest .* ms\n$/)
    expect(first.status).toBe(0)
    expect(await runHere('net', 'ping', '192.168.7.2', '-c', '3', '-s', '1000', '--seed', '7')).toEqual(first)
  })

  it('says who does not answer, and exits with 1', async () => {
    const { stdout, status } = await runHere('net', 'ping', '192.168.7.9', '-c', '2')
    expect(stdout).toMatch(/seq 1: no answer\nseq 2: (no answer|unreachable).*\n2 sent, 0 came back\n$/)
    expect(status).toBe(1)
  })

  it('keeps the frames for Wireshark', async () => {
    const capture = join(folder, 'ping.pcapng')
    expect((await runHere('net', 'ping', '192.168.7.2', '-c', '2', '--capture', capture)).status).toBe(0)
    expect(judgeByTshark(capture)).toEqual({ frames: 6, remarks: {}, wrong: [] })
  })
})

describe('net nc', () => {
  it('says what it reads, closes its half, and prints what comes back', async () => {
    const text = Array.from({ length: 2_000 }, (_, i) => `line ${i}\n`).join('')
    const { stdout, stderr, status } = await withInput(['net', 'nc', '192.168.7.2', '7'], text)
    expect(stderr).toBe('')
    expect(stdout === text, `${stdout.length} octets of ${text.length} came back`).toBe(true)
    expect(status).toBe(0)
  })

  it('speaks UDP', async () => {
    const { stdout, status } = await withInput(['net', 'nc', '-u', '192.168.7.2', '7'], 'a datagram')
    expect(stdout).toBe('a datagram')
    expect(status).toBe(0)
  })

  it('ends when its reader does: chargen | head', async () => {
    const child = start(['net', 'nc', '192.168.7.2', '19'])
    child.process.stdout?.once('data', () => child.process.stdout?.destroy())
    expect((await child.ended).status).toBe(0)
  })

  it('says that a port is closed, and exits with 1', async () => {
    const { stdout, stderr, status } = await withInput(['net', 'nc', '192.168.7.2', '4711'], '')
    expect(stderr).toMatch(/^linkpulse: ECONNREFUSED: connect 192\.168\.7\.2:4711/)
    expect(stdout).toBe('')
    expect(status).toBe(1)
  })

  it('gives up after --wait when nothing passes', async () => {
    const silent = await withInput(['net', 'nc', '-w', '3', '192.168.7.2', '9'], 'discarded')
    expect(silent.status).toBe(0)
    const nobody = await withInput(['net', 'nc', '-w', '2', '192.168.7.9', '23'], '')
    expect(nobody.stderr).toMatch(/was not answered for 2 s; allow more with --wait SECONDS/)
    expect(nobody.status).toBe(1)
  })
})

describe('net http', () => {
  it('fetches the status page of the board, with its head when it is asked for', async () => {
    const { stdout, status } = await runHere('net', 'http', '192.168.7.2', '-i')
    expect(stdout).toMatch(/^200 OK\n/)
    expect(stdout).toMatch(/^content-type: text\/html/im)
    expect(stdout).toContain('<h1>Arduino Uno')
    expect(status).toBe(0)
    const { stdout: json } = await runHere('net', 'http', 'http://192.168.7.2/status.json')
    expect(JSON.parse(json)).toMatchObject({ state: { link: 'up', services: 'running' } })
  })

  it('writes the body to a file', async () => {
    const path = join(folder, 'body')
    const { stdout, stderr, status } = await runHere('net', 'http', 'http://192.168.7.2/random/20000', '-o', path)
    expect([stdout, stderr, status]).toEqual(['', `20000 octets in ${path}\n`, 0])
    const expected = new Uint8Array(20_000)
    new RandomFile(20_000).fill(expected, 0, 20_000)
    const sum = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')
    expect(sum(readFileSync(path))).toBe(sum(expected))
  })

  it('exits with 1 where there is no such page', async () => {
    const { stdout, stderr, status } = await runHere('net', 'http', 'http://192.168.7.2/none')
    expect(stdout).toMatch(/no \/none here/)
    expect(stderr).toMatch(/\/none was answered with 404 Not Found/)
    expect(status).toBe(1)
  })
})

describe('net --trace', () => {
  it('tells each packet and each state of this end on standard error, and leaves standard output as it is', async () => {
    const plain = await withInput(['net', 'nc', '192.168.7.2', '7'], 'hello')
    const { stdout, stderr, status } = await withInput(['net', 'nc', '192.168.7.2', '7', '--trace'], 'hello')
    expect([stdout, status]).toEqual([plain.stdout, 0])
    const lines = stderr.trimEnd().split('\n')
    const states = lines.flatMap((line) => / is (\S+) \(was /.exec(line)?.[1] ?? [])
    expect(states).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'])
    expect(lines.filter((line) => /^ +[\d.]+ (in |out) /.test(line)).length).toBe(lines.length - states.length)
    // The handshake, each acknowledging the other's number and one more.
    const numbers = (pattern: RegExp) =>
      lines
        .map((line) => pattern.exec(line))
        .find((found) => found !== null)!
        .slice(1)
        .map(Number)
    const [j] = numbers(/ out .*<SEQ=(\d+)><CTL=SYN>/)
    const [k, ofJ] = numbers(/ in .*<SEQ=(\d+)><ACK=(\d+)><CTL=SYN,ACK>/)
    const [third, ofK] = numbers(/ out .*<SEQ=(\d+)><ACK=(\d+)><CTL=ACK>/)
    expect([ofJ, third, ofK]).toEqual([(j + 1) >>> 0, (j + 1) >>> 0, (k + 1) >>> 0])
  })

  it('is the same each time, and has as many packets as a capture', async () => {
    const capture = join(folder, 'traced.pcapng')
    const words = ['net', 'ping', '192.168.7.2', '-c', '2', '--trace', '--seed', '7']
    const { stderr } = await runHere(...words, '--capture', capture)
    expect(stderr).toMatch(/^ {4}0\.000000 out ARP, Request who-has 192\.168\.7\.2 tell 192\.168\.7\.1\n/)
    expect(stderr).toMatch(/ in {2}192\.168\.7\.2 > 192\.168\.7\.1: ICMP echo reply, id \d+, seq 2, length 64\n$/)
    expect(stderr.trimEnd().split('\n')).toHaveLength(judgeByTshark(capture).frames)
    expect((await runHere(...words)).stderr).toBe(stderr)
  })
})

describe('net --ladder', () => {
  it('draws both ends of a fetch: the handshake with j and k, and the close', async () => {
    const path = join(folder, 'ladder.svg')
    const { stderr, status } = await runHere('net', 'http', '192.168.7.2/none', '--ladder', path)
    expect(status).toBe(1)
    expect(stderr).toMatch(new RegExp(`^the ladder of \\d+ frames is drawn in ${path}\n`))
    const svg = readFileSync(path, 'utf8')
    expect(svg).toMatch(/j = \d+ \(client’s first, ISS\) .* k = \d+ \(server’s first, ISS\)/)
    for (const words of ['LISTEN', 'SYN-RECEIVED', 'SYN-SENT', 'CLOSE-WAIT', 'LAST-ACK', 'TIME-WAIT', 'Arduino Uno R3'])
      expect(svg).toContain(`>${words}<`)
    expect(svg).not.toContain('still under way')
  })

  it('draws what a broken cable loses, on a slide', async () => {
    const path = join(folder, 'loss.png')
    const words = ['net', 'nc', '192.168.7.2', '7', '--fault', 'cable-noise:0.4V', '--seed', '3']
    const { stdout } = await withInput(
      [...words, '--ladder', path, '--theme', 'projector', '--aspect', '16:9'],
      'hello',
    )
    expect(stdout).toBe('hello')
    const png = readFileSync(path)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080])
    const svg = join(folder, 'loss.svg')
    await withInput([...words, '--ladder', svg], 'hello')
    expect(readFileSync(svg, 'utf8')).toMatch(/lost on the way.*sent again/s)
  })

  it('draws a refused connection, and what passed when the reader went away', async () => {
    const refused = join(folder, 'refused.svg')
    expect((await withInput(['net', 'nc', '192.168.7.2', '4711', '--ladder', refused], '')).status).toBe(1)
    expect(readFileSync(refused, 'utf8')).toMatch(/>RST, ACK</)
    const cut = join(folder, 'cut.svg')
    const child = start(['net', 'nc', '192.168.7.2', '19', '--ladder', cut])
    child.process.stdout?.once('data', () => child.process.stdout?.destroy())
    expect((await child.ended).status).toBe(0)
    expect(readFileSync(cut, 'utf8')).toMatch(/>SYN, ACK<.*<\/svg>\n$/s)
  })
})

describe('net stat', () => {
  it('shows a board in a lab where no net up runs: memory, neighbours, routes, ports, counts', async () => {
    const { stdout, status } = await runHere('net', 'stat')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^model:uno in a lab: up for /)
    expect(stdout).toMatch(/interface eth0: 192\.168\.7\.2\/24, station 02:.*, link up, MTU 1500\n {2}192\.168\.7\.1 /)
    expect(stdout).toMatch(/\nmemory: \d+ of 1536 octets in use/)
    expect(stdout).toMatch(/\n {2}tcp {2}\*:80 +\* +LISTEN\n/)
    expect(stdout).toMatch(/icmp echoesAnswered +1\n/)
    const { stdout: json } = await runHere('net', 'stat', '--json')
    expect(netStatFaults(JSON.parse(json))).toEqual([])
    expect(JSON.parse(json)).toMatchObject({ memory: { limit: 1536 }, counters: { icmp: { echoesAnswered: 1 } } })
  })
})

describe('wrong usage of net', () => {
  it.each<[string[], number, RegExp]>([
    [['net'], 2, /Usage: linkpulse net COMMAND/],
    [['net', 'pnig'], 2, /"net pnig" is not a command; did you mean "net ping"\?/],
    [['net', 'ping'], 2, /net ping needs HOST/],
    [['net', 'ping', '10.0.0'], 2, /HOST: "10\.0\.0" is not an IP address/],
    [['net', 'ping', '10.0.0.1', '-s', '65508'], 2, /--size takes a whole number from 0 to 65507/],
    [['net', 'ping', '10.0.0.1', '--address', '10.0.0.2/24'], 2, /--address is for the kernel's wire: add --tap/],
    [
      ['net', 'ping', '10.0.0.1', '--ladder', 'x.gif'],
      2,
      /--ladder takes a file that ends in \.svg or \.png, not x\.gif/,
    ],
    [
      ['net', 'ping', '10.0.0.1', '--theme', 'projector'],
      2,
      /--theme says how a picture looks, .* add --ladder FILE\.svg/,
    ],
    [['net', 'ping', '10.0.0.1', '--fault', 'cable-nois'], 2, /cable-nois/],
    [
      ['net', 'ping', '10.0.0.1', '--tap', 'lp0', '--address', '10.0.0.2/24', '--fault', 'cable-noise'],
      2,
      /--fault cable-noise breaks something simulated: leave it out, or leave --tap out/,
    ],
    [['net', 'ping', '10.0.0.1', '--tap', 'lp0'], 2, /no address on lp0: add --address ADDRESS\/PREFIX/],
    [
      ['net', 'http', 'http://uno/'],
      2,
      /URL: "uno" is not an IP address: .* or name a server that knows it with --dns ADDRESS/,
    ],
    [['net', 'ping', 'uno', '--tap', 'lp0', '--dns', 'uno'], 2, /--dns "uno" is not an IP address: write it like/],
    [['net', 'ping', 'uno', '--tap', 'lp0', '--dns', '::'], 2, /--dns "::" is not an IP address/],
    [
      ['net', 'ping', 'uno', '--tap', 'lp0', '--address', '10.0.0.2/24', '--dns', '2001:db8::53'],
      2,
      /--dns 2001:db8::53 is an address of IPv6, which the stack does not speak: add --address6 auto/,
    ],
    [['net', 'nc', '192.168.7.2', '0'], 2, /"0" is not a port/],
    [['net', 'nc', '-l', '7'], 2, /nobody connects to this end of the lab: use -l with --tap/],
    [['net', 'http', 'https://192.168.7.2/'], 2, /https: is not spoken here, only http:/],
    [['net', 'capture', 'nothing'], 3, /no `linkpulse net up` of yours is known as nothing \(none is running\)/],
    [['net', 'stat', 'nothing'], 3, /no `linkpulse net up` of yours is known as nothing/],
    [['net', 'up', 'stack:'], 2, /a bare stack needs a wire: add --tap NAME/],
    [['net', 'up', 'stack:x', '--tap', 'lp0', '--address', '10.9.0.2/24'], 2, /stack: has nothing after it/],
    [['net', 'up', 'stack:', '--tap', 'lp0'], 2, /no address on lp0/],
    [['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2'], 2, /not an IPv4 address with its prefix length/],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--advertise', '2001:db8:2::/64'],
      2,
      /--advertise 2001:db8:2::\/64: the stack has no address in it; .* --address6 2001:db8:2::1\/64/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--advertise', '2001:db8:1::1/64'],
      2,
      /2001:db8:1::1\/64: give a network with nothing behind its prefix length/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--dhcp6', 'always'],
      2,
      /--dhcp6 "always" is not known: give one of auto, stateful, stateless, off/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--dhcp6-server'],
      2,
      /--dhcp6-server goes with --advertise PREFIX, which tells hosts to ask it: add it/,
    ],
    [
      [
        ...['net', 'up', 'stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64'],
        ...['--advertise', '2001:db8:1::/64', '--dhcp6-server'],
      ],
      2,
      /--dhcp6-server has nothing to tell: add --advertise-dns or --advertise-search/,
    ],
    [
      ['net', 'up', 'model:uno', '--tap', 'lp0', '--address', '10.9.0.2/24', '--dhcp6', 'stateful'],
      2,
      /--dhcp6 is for a bare stack, and the target is model:uno; leave it out/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--advertise-dns', '2001:db8:1::53'],
      2,
      /--advertise-dns and --advertise-search go with --advertise PREFIX: add it/,
    ],
    [
      ['net', 'up', 'model:uno', '--tap', 'lp0', '--address6', '2001:db8:1::2/64', '--advertise', '2001:db8:1::/64'],
      2,
      /--advertise is for a bare stack/,
    ],
    [['net', 'up', 'stack:', '--tap', 'lp0', '--address', '224.0.0.1/24'], 2, /it is a multicast group/],
    [['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.255/24'], 2, /the network's broadcast address/],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--gateway', '0.0.0.0'],
      2,
      /cannot be a gateway/,
    ],
    [['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--gateway', '10.8.0.1'], 2, /on no network/],
    [['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--dhcp'], 2, /leave one of them out/],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--services', 'echo,gopher'],
      2,
      /no service "gopher": give some of echo,/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--impair', 'loss=200'],
      2,
      /--impair takes loss=0 to loss=100 \(percent\), not "loss=200"/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--kernel-address', '10.9.0.2'],
      2,
      /is the address of the stack itself/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--kernel-address', '10.9.0.255'],
      2,
      /--kernel-address 10\.9\.0\.255 is no address for the kernel's end: it is the network's broadcast/,
    ],
    [
      ['net', 'up', 'stack:', '--tap', 'lp0', '--address', '10.9.0.2/24', '--fault', 'miso-open'],
      2,
      /--fault is for a board/,
    ],
    [
      ['net', 'up', 'model:uno', '--address', '10.9.0.2/24'],
      2,
      /its cable goes to a TAP device of this machine: add --tap/,
    ],
    [
      ['net', 'up', 'model:uno', '--tap', 'a', '--tap', 'b', '--address', '10.9.0.2/24', '--address', '10.9.1.2/24'],
      2,
      /one jack/,
    ],
    [
      ['net', 'up', '/dev/ttyACM0', '--tap', 'lp0', '--address', '10.9.0.2/24'],
      2,
      /is a real board, on the wire it is plugged into/,
    ],
    [['net', 'up', 'stack:', '--tap', 'a name too long', '--address', '10.9.0.2/24'], 3, /1 to 15 characters/],
    [['check', 'stack:'], 2, /stack: is the TCP\/IP stack without a board, for `linkpulse net up`/],
  ])('linkpulse %j', async (words, status, message) => {
    const outcome = await runHere(...words)
    expect(outcome.stderr).toMatch(message)
    expect(outcome.stderr).not.toMatch(/\n {4}at |Error:/)
    expect(outcome.status).toBe(status)
  })

  it('explains each command', async () => {
    const { stdout } = await runHere('help', 'net')
    for (const name of ['up', 'ping', 'nc', 'http', 'capture', 'stat']) {
      expect(stdout).toContain(`net ${name}`)
      const help = await runHere('net', name, '--help')
      expect(help.stdout).toMatch(new RegExp(`^linkpulse net ${name}`))
      expect(help.status).toBe(0)
      expect((await runHere('help', 'net', name)).stdout).toBe(help.stdout)
    }
  })
})
